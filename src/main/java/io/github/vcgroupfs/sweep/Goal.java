package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.Unit;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is wanted of an answer: {@code throughput>=95%}. Immutable.
 *
 * @param measure which number
 * @param least whether it should be so much or more; else so much or less
 * @param bound how much, in the measure's unit
 * @param text as it was written
 */
record Goal(Measure measure, boolean least, double bound, String text) {
  private static final Pattern TEXT = Pattern.compile("([^<>=%]+)(>=|<=)(\\S+)");
  private static final String RIGHT = "write it as throughput>=95%, dropped<=0.1% or max_usage<=2M";

  /** The goals in a text, with commas between them. */
  static List<Goal> of(String text) throws ScenarioException {
    List<Goal> goals = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      goals.add(one(each.strip()));
    }
    return List.copyOf(goals);
  }

  private static Goal one(String text) throws ScenarioException {
    Matcher parts = TEXT.matcher(text.replace(" ", ""));
    if (!parts.matches()) {
      throw wrong(text, "is no goal");
    }
    String number = parts.group(3);
    boolean share = number.endsWith("%");
    Measure measure = Measure.of(parts.group(1) + (share ? "%" : ""));
    Quantity bound =
        Quantity.of(measure.field(), number)
            .orElseThrow(() -> wrong(text, "has no number at its end"));
    boolean fits =
        bound.unit() == measure.unit()
            || bound.unit() == Unit.COUNT
            || (bound.unit() == Unit.BYTES && measure.unit() == Unit.BYTES_PER_SECOND);
    if (!fits || (measure.unit() == Unit.SECONDS && bound.unit() == Unit.COUNT)) {
      throw wrong(text, "compares different things");
    }
    return new Goal(measure, parts.group(2).equals(">="), bound.value(), text);
  }

  private static ScenarioException wrong(String text, String what) {
    return new ScenarioException("\"%s\" %s: %s".formatted(text, what, RIGHT));
  }

  /** Whether an answer has it. */
  boolean isMet(Row row, Row unlimited) throws ScenarioException {
    double number = measure.of(row, unlimited);
    return least ? number >= bound : number <= bound;
  }

  /** Whether an answer has all of them. */
  static boolean areMet(List<Goal> goals, Row row, Row unlimited) throws ScenarioException {
    for (Goal goal : goals) {
      if (!goal.isMet(row, unlimited)) {
        return false;
      }
    }
    return true;
  }

  /** All of them, for people. */
  static String text(List<Goal> goals) {
    return goals.stream().map(Goal::text).collect(Collectors.joining(", "));
  }
}
