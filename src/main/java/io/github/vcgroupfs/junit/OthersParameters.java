package io.github.vcgroupfs.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * Parameters that belong to other extensions. JUnit refuses a parameter that two of them take, so
 * this one leaves alone what may be another's.
 */
final class OthersParameters {
  /** They say something of the value, and nothing of where it comes from. */
  private static final Set<String> HINTS =
      Set.of("NonNull", "Nonnull", "NotNull", "Nullable", "SuppressWarnings");

  private static final String PARAMETERIZED_TEST = "org.junit.jupiter.params.ParameterizedTest";
  private static final String PARAMETERIZED_CLASS = "org.junit.jupiter.params.ParameterizedClass";

  private OthersParameters() {}

  /** Whether a parameter is nobody else's. */
  static boolean none(ParameterContext parameter, ExtensionContext context) {
    boolean annotated =
        Arrays.stream(parameter.getParameter().getAnnotations())
            .anyMatch(each -> !HINTS.contains(each.annotationType().getSimpleName()));
    return !annotated && !isArgument(parameter, context);
  }

  /** Arguments of a parameterized test come first, and only JUnit knows how many there are. */
  private static boolean isArgument(ParameterContext parameter, ExtensionContext context) {
    AnnotatedElement executable = parameter.getDeclaringExecutable();
    boolean takesArguments =
        executable instanceof Method
            ? context.getTestMethod().equals(Optional.of(executable))
                && isParameterized(executable, PARAMETERIZED_TEST)
            : isParameterized(
                parameter.getDeclaringExecutable().getDeclaringClass(), PARAMETERIZED_CLASS);
    return takesArguments && parameter.getIndex() < Arguments.count(context);
  }

  /** By name, for that part of JUnit need not be on the class path. */
  private static boolean isParameterized(AnnotatedElement element, String annotation) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(
            type ->
                type.getName().equals(annotation)
                    || Arrays.stream(type.getAnnotations())
                        .anyMatch(meta -> meta.annotationType().getName().equals(annotation)));
  }
}
