package io.github.vcgroupfs.differential;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call.
 *
 * @param method what is called
 * @param receiver on what; null for a static method
 * @param arguments with what
 * @param keep in which slot a result goes that has to be closed
 */
record Step(Method method, Arg receiver, List<Arg> arguments, int keep) {
  /** What came of a step whose slot has nothing for it. */
  static final String NOTHING_THERE = "(nothing there)";

  /** Makes the call; what came of it, as text. */
  String play(World world) {
    FileKind target = target(world);
    Rules rules = new Rules(world, target);
    List<Object> values = new ArrayList<>();
    try {
      Object on = receiver == null ? null : receiver.maker().in(world, target);
      if (receiver != null && !method.getDeclaringClass().isInstance(on)) {
        return NOTHING_THERE;
      }
      for (Arg each : arguments) {
        values.add(each.maker().in(world, target));
      }
      Object result = method.invoke(on, values.toArray());
      String outcome = rules.shown(this, world.keep(keep, result, placeOf(world)));
      String told =
          values.stream().map(each -> rules.told(this, each)).collect(Collectors.joining());
      return outcome + told + changed(rules, values);
    } catch (InvocationTargetException e) {
      return rules.refusal(e.getCause()) + changed(rules, values);
    } catch (IllegalAccessException e) {
      throw new AssertionError("cannot call " + method, e);
    } catch (RuntimeException e) { // an argument that cannot be made, such as a path with a NUL
      return rules.refusal(e);
    }
  }

  /** What a call left in its buffers. */
  private static String changed(Rules rules, List<Object> values) {
    return values.stream()
        .map(rules::buffer)
        .filter(text -> !text.isEmpty())
        .map(text -> " " + text)
        .collect(Collectors.joining());
  }

  /** The file that needs the most care among those that the call is about. */
  private FileKind target(World world) {
    List<FileKind> kinds = places(world).map(FileKind::of).sorted().toList();
    return kinds.stream().filter(kind -> kind != FileKind.ANY).findFirst().orElse(FileKind.ANY);
  }

  private String placeOf(World world) {
    return places(world).findFirst().orElse("");
  }

  private Stream<String> places(World world) {
    return Stream.concat(Stream.ofNullable(receiver), arguments.stream())
        .flatMap(
            arg ->
                arg.slot() >= 0
                    ? Stream.of(world.keptPlace(arg.slot()))
                    : Stream.ofNullable(arg.place()));
  }

  /** The class and the method, as a reader of Java knows them. */
  String name() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  @Override
  public String toString() {
    String on =
        Modifier.isStatic(method.getModifiers())
            ? method.getDeclaringClass().getSimpleName()
            : String.valueOf(receiver);
    String call =
        on
            + "."
            + method.getName()
            + arguments.stream().map(Arg::text).collect(Collectors.joining(", ", "(", ")"));
    return World.isKept(method.getReturnType()) ? "#" + keep + " = " + call : call;
  }
}
