package io.github.vcgroupfs.differential;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Differences that are known and stay, each with its reason, as on the page on testing. Whoever
 * mends one takes it out.
 *
 * @param what in a few words, as on the page
 * @param condition whether a step and its outcomes are a case of it
 */
record Accepted(String what, Condition condition) {
  /** All of them. */
  static final List<Accepted> ALL = List.of();

  /** Looks at a step and at what came of it, by the name of the world. */
  @FunctionalInterface
  interface Condition {
    /** Whether it is that difference. */
    boolean holds(Step step, Map<String, String> outcomes);
  }

  /** The one that it is, if it is one. */
  static Optional<Accepted> of(Step step, Map<String, String> outcomes) {
    return ALL.stream().filter(each -> each.condition.holds(step, outcomes)).findFirst();
  }
}
