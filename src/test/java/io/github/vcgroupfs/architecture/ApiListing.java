package io.github.vcgroupfs.architecture;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The public API as text: one line for each type, then one for each member that users can reach. It
 * is the same on every JDK, so only what a type declares itself is there.
 */
final class ApiListing {
  private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;
  private static final int SHOWN = SEEN | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

  private ApiListing() {}

  static String of(Collection<Class<?>> types) {
    String text = types.stream().map(ApiListing::type).collect(Collectors.joining("\n"));
    return text.replaceAll("\\bjava\\.lang\\.(?=[A-Z])|\\bio\\.github\\.vcgroupfs\\.", "");
  }

  private static String type(Class<?> type) {
    String above =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .filter(each -> each != Object.class)
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    String head =
        modifiers(type.getModifiers())
            + kind(type)
            + type.getName()
            + variables(type.getTypeParameters())
            + (above.isEmpty() ? "" : " : " + above);
    return head
        + "\n"
        + members(type).map(each -> "  " + each + "\n").collect(Collectors.joining());
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return "interface ";
    }
    return type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
  }

  private static Stream<String> members(Class<?> type) {
    List<String> fields =
        Arrays.stream(type.getDeclaredFields()).flatMap(ApiListing::field).toList();
    Stream<String> methods = Arrays.stream(type.getDeclaredMethods()).flatMap(ApiListing::method);
    Stream<String> made = Arrays.stream(type.getDeclaredConstructors()).flatMap(ApiListing::made);
    // fields as they are written, for the order of an enum's constants is part of it
    return Stream.concat(fields.stream(), Stream.concat(made.sorted(), methods.sorted()));
  }

  private static Stream<String> field(Field field) {
    return seen(
        field,
        modifiers(field.getModifiers())
            + field.getGenericType().getTypeName()
            + " "
            + field.getName());
  }

  private static Stream<String> made(Constructor<?> made) {
    return seen(made, signature(made, made.getDeclaringClass().getSimpleName()));
  }

  private static Stream<String> method(Method method) {
    String orElse = method.getDefaultValue() == null ? "" : " default " + value(method);
    String name = method.getGenericReturnType().getTypeName() + " " + method.getName();
    return seen(method, signature(method, name) + orElse);
  }

  private static String value(Method method) {
    Object value = method.getDefaultValue();
    if (!value.getClass().isArray()) {
      return "\"" + value + "\"";
    }
    return IntStream.range(0, Array.getLength(value))
        .mapToObj(each -> String.valueOf(Array.get(value, each)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String signature(Executable unit, String name) {
    String parameters =
        Arrays.stream(unit.getParameters())
            .map(Parameter::getParameterizedType)
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    String thrown =
        Arrays.stream(unit.getGenericExceptionTypes())
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    String variables = variables(unit.getTypeParameters());
    return modifiers(unit.getModifiers())
        + (variables.isEmpty() ? "" : variables + " ")
        + name
        + "("
        + parameters
        + ")"
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String variables(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(each -> each.getName() + " extends " + each.getBounds()[0].getTypeName())
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static <M extends AccessibleObject & Member> Stream<String> seen(M member, String text) {
    boolean counts = (member.getModifiers() & SEEN) != 0 && !member.isSynthetic();
    return counts ? Stream.of(text) : Stream.empty();
  }

  private static String modifiers(int modifiers) {
    String words = Modifier.toString(modifiers & SHOWN);
    return words.isEmpty() ? "" : words + " ";
  }
}
