package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.Unit;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that answers are judged by. Immutable.
 *
 * @param group whose it is, with a dot behind; empty: of all groups together
 * @param field which of the answer's fields, or {@link #THROUGHPUT}
 * @param share whether it is a share: of what it is without a limit; but of {@code dropped}, of the
 *     segments that arrived
 */
record Measure(String group, String field, boolean share) {
  /** What was received, by the seconds that the scenario lasts. */
  static final String THROUGHPUT = "throughput";

  private static final Pattern TEXT = Pattern.compile("((?:[A-Za-z0-9_./-]+\\.)?)([a-z_0-9]+)(%?)");

  private static final Set<String> BYTES = Set.of("sent", "received", "usage", "max_usage");
  private static final double PERCENT = 100;
  private static final double MS = 1000;

  /** The measure that a text names, such as {@code web.throughput%}. */
  static Measure of(String text) throws ScenarioException {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new ScenarioException(
          "\"%s\" is no field: write throughput, dropped, usage or another one of the answer, with a"
                  .formatted(text)
              + " group and a dot before it if you like, and with % for a share");
    }
    return new Measure(parts.group(1), parts.group(2), !parts.group(3).isEmpty());
  }

  /** As {@link #of} takes it. */
  String name() {
    return group + field + (share ? "%" : "");
  }

  Unit unit() {
    if (share) {
      return Unit.PERCENT;
    }
    if (field.equals(THROUGHPUT)) {
      return Unit.BYTES_PER_SECOND;
    }
    if (field.endsWith("_ms")) {
      return Unit.SECONDS;
    }
    return BYTES.contains(field) ? Unit.BYTES : Unit.COUNT;
  }

  /** Whether one has to know what happens without a limit. */
  boolean isRelative() {
    return share && !field.equals(Row.DROPPED);
  }

  /** The number of an answer. */
  double of(Row row) throws ScenarioException {
    if (share && field.equals(Row.DROPPED)) {
      double segments = number(row, Row.SEGMENTS);
      return segments == 0 ? 0 : PERCENT * number(row, Row.DROPPED) / segments;
    }
    if (field.equals(THROUGHPUT)) {
      return number(row, Row.RECEIVED) / row.seconds();
    }
    return field.endsWith("_ms") ? number(row, field) / MS : number(row, field);
  }

  /** The number of an answer, seen beside that of the same scenario without a limit. */
  double of(Row row, Row unlimited) throws ScenarioException {
    if (!isRelative()) {
      return of(row);
    }
    double all = of(unlimited);
    if (all == 0) {
      throw new ScenarioException(
          "%s: it is 0 without a limit, so nothing is a share of it; take another field, or an"
                  .formatted(name())
              + " absolute number");
    }
    return PERCENT * of(row) / all;
  }

  private double number(Row row, String name) throws ScenarioException {
    OptionalDouble number = row.number(group + name);
    if (number.isEmpty()) {
      throw new ScenarioException(
          "there is no number \"%s\" in the answer; it has %s"
              .formatted(group + name, Flat.numbers(row)));
    }
    return number.getAsDouble();
  }
}
