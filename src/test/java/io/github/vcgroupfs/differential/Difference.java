package io.github.vcgroupfs.differential;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where worlds do not agree.
 *
 * @param script the shortest one that shows it
 * @param outcomes what its last step gives, by the name of the world
 */
record Difference(Script script, Map<String, String> outcomes) {
  private static final int SHOWN_CHARS = 600;

  /** The step on which worlds do not agree. */
  Step step() {
    List<Step> steps = script.steps();
    return steps.get(steps.size() - 1);
  }

  /** What is the same in differences that have the same cause, as far as a program can tell. */
  String kind() {
    return step().name() + outcomes.values().stream().map(Difference::first).toList();
  }

  private static String first(String outcome) {
    return outcome.replaceAll("ROOT[^:'\\]]*", "ROOT").replaceAll("[0-9]+", "N");
  }

  @Override
  public String toString() {
    return "seed "
        + script.seed()
        + ":\n"
        + script
        + outcomes.entrySet().stream()
            .map(each -> "\n    %-6s %s".formatted(each.getKey(), cut(each.getValue())))
            .collect(Collectors.joining());
  }

  private static String cut(String text) {
    return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
  }
}
