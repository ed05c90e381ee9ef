package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.Unit;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values from one to another: {@code {"from":"64K","to":"64M","steps":11,"scale":"log"}}.
 * Immutable.
 *
 * @param from the first
 * @param to the last
 * @param steps how many
 * @param logarithmic whether each is the one before times the same, else plus the same
 * @param texts whether they are written with their units
 */
record Range(Quantity from, Quantity to, int steps, boolean logarithmic, boolean texts) {
  private static final Set<String> KEYS = Set.of("from", "to", "steps", "scale");
  private static final String RIGHT =
      "write it as {\"from\":\"64K\",\"to\":\"64M\",\"steps\":11,\"scale\":\"log\"}";
  private static final int MOST_STEPS = 100_000;

  /** Whether an object is meant to be a range; no other object of a scenario has these fields. */
  static boolean isOne(Map<?, ?> object) {
    return object.containsKey("from") || object.containsKey("to");
  }

  /** The range that such an object says. */
  static Range of(String name, Map<?, ?> object) throws ScenarioException {
    for (Object key : object.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong(name, "a range has no \"%s\"".formatted(key));
      }
    }
    Quantity from = end(name, "from", object.get("from"));
    Quantity to = end(name, "to", object.get("to"));
    if (from.unit() != to.unit()) {
      throw wrong(name, "\"from\" and \"to\" have different units");
    }
    if (!(object.get("steps") instanceof Integer steps) || steps < 1 || steps > MOST_STEPS) {
      throw wrong(
          name,
          "\"steps\" is %s, and should be how many values there are, 1 to %d"
              .formatted(object.get("steps"), MOST_STEPS));
    }
    Object scale = object.containsKey("scale") ? object.get("scale") : "linear";
    boolean logarithmic = "log".equals(scale);
    if (!logarithmic && !"linear".equals(scale)) {
      throw wrong(name, "\"scale\" is %s, and should be log or linear".formatted(scale));
    }
    if (logarithmic && (from.value() <= 0 || to.value() <= 0)) {
      throw wrong(name, "a logarithmic range has ends above 0");
    }
    return new Range(from, to, steps, logarithmic, object.get("from") instanceof String);
  }

  private static Quantity end(String name, String which, @Nullable Object value)
      throws ScenarioException {
    Optional<Quantity> end = Quantity.of("", value);
    if (end.isEmpty()) {
      throw wrong(name, "\"%s\" is %s".formatted(which, value == null ? "missing" : value));
    }
    return end.get();
  }

  private static ScenarioException wrong(String name, String what) {
    return new ScenarioException("\"%s\": %s; %s".formatted(name, what, RIGHT));
  }

  /** The values, each once: of a short range of whole numbers some would come again. */
  List<Object> values() {
    Set<Object> values = new LinkedHashSet<>();
    for (int i = 0; i < steps; i++) {
      values.add(written(at(i)));
    }
    return List.copyOf(values);
  }

  private double at(int step) {
    if (step == steps - 1 && steps > 1) {
      return to.value();
    }
    double share = steps == 1 ? 0 : (double) step / (steps - 1);
    return logarithmic
        ? from.value() * Math.pow(to.value() / from.value(), share)
        : from.value() + (to.value() - from.value()) * share;
  }

  private Object written(double value) {
    boolean whole = isWhole(from.value()) && isWhole(to.value());
    if (from.unit() == Unit.COUNT) {
      double rounded = whole ? Math.rint(value) : value;
      String text = new Quantity(rounded, Unit.COUNT).text();
      return whole ? (Object) Math.round(value) : (Object) Double.valueOf(text);
    }
    String text = new Quantity(value, from.unit()).text();
    return texts ? text : (Object) value;
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }
}
