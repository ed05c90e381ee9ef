package io.github.vcgroupfs.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scenario with its answer, as numbers that can be asked for. Immutable.
 *
 * @param fields those of the line
 */
record Row(Map<String, @Nullable Object> fields) {
  static final String SEGMENTS = "segments";
  static final String DROPPED = "dropped";
  static final String RECEIVED = "received";

  private static final String OUTCOME = "outcome";
  private static final String MACHINE = "machine";
  private static final String SENT = "sent";

  /** Of several groups the largest is meant, and not the sum. */
  private static final Set<String> LARGEST = Set.of("usage", "max_usage", "pressure");

  private static final double USUAL_SECONDS = 1;
  private static final double USUAL_FREE_SECONDS = 10;

  /** Whether the line has an answer. */
  boolean isAnswered() {
    return fields.get(OUTCOME) instanceof Map<?, ?> || fields.get(SENT) instanceof Number;
  }

  /** Which value each axis has, in the order of the axes. */
  Map<String, @Nullable Object> point() {
    Map<String, @Nullable Object> point = new LinkedHashMap<>();
    if (fields.get(Grid.POINT) instanceof Map<?, ?> object) {
      object.forEach((name, value) -> point.put(String.valueOf(name), value));
    }
    return point;
  }

  /** The point, but for one axis. */
  Map<String, @Nullable Object> pointWithout(String axis) {
    Map<String, @Nullable Object> rest = point();
    rest.remove(axis);
    return rest;
  }

  /** How long it lasts, virtual seconds. */
  double seconds() {
    return fields.get("seconds") instanceof Number given
        ? given.doubleValue()
        : isFree() ? USUAL_FREE_SECONDS : USUAL_SECONDS;
  }

  private boolean isFree() {
    return fields.get(OUTCOME) instanceof Map<?, ?>;
  }

  /** The groups of a free-form scenario, and its machine, with their numbers. */
  Map<String, Map<?, ?>> parts() {
    Map<String, Map<?, ?>> parts = new LinkedHashMap<>();
    if (fields.get(OUTCOME) instanceof Map<?, ?> groups) {
      groups.forEach((path, numbers) -> addPart(parts, String.valueOf(path), numbers));
    }
    addPart(parts, MACHINE, fields.get(MACHINE));
    return parts;
  }

  private static void addPart(Map<String, Map<?, ?>> parts, String name, @Nullable Object numbers) {
    if (numbers instanceof Map<?, ?> object) {
      parts.put(name, object);
    }
  }

  /**
   * A number of the answer.
   *
   * @param name a field, or a group, a dot and a field. Without a group: of all groups together,
   *     that is the sum, or the largest of usage and pressure
   */
  OptionalDouble number(String name) {
    if (!isFree()) {
      return number(fields, name);
    }
    Map<String, Map<?, ?>> parts = parts();
    for (Map.Entry<String, Map<?, ?>> part : parts.entrySet()) {
      if (name.startsWith(part.getKey() + ".")) {
        return number(part.getValue(), name.substring(part.getKey().length() + 1));
      }
    }
    parts.remove(MACHINE);
    double[] each =
        parts.values().stream()
            .map(part -> number(part, name))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    if (each.length == 0) {
      return OptionalDouble.empty();
    }
    double all = 0;
    for (double one : each) {
      all = isLargest(name) ? Math.max(all, one) : all + one;
    }
    return OptionalDouble.of(all);
  }

  private static boolean isLargest(String name) {
    return LARGEST.contains(name) || name.endsWith("_ms");
  }

  private static OptionalDouble number(Map<?, ?> numbers, String name) {
    return numbers.get(name) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}
