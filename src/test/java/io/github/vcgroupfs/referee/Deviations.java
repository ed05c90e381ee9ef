package io.github.vcgroupfs.referee;

import java.util.List;
import java.util.Optional;

/**
 * Recorded answers that we do not give on purpose, each with the reason that stands on the page of
 * deviations. They count as differing steps. No other step may differ, and each of these must: who
 * mends one takes it out.
 */
final class Deviations {
  private static final List<Deviation> ALL =
      List.of(
          new Deviation(
              "linux-4.19",
              "sizes",
              6,
              "until 4.19 writev(2) is a write for each segment; FUSE passes on one write"),
          new Deviation(
              "linux-4.19",
              "event",
              3,
              "until 4.19.82 a wrong word for memory.pressure_level is taken: a bug, not imitated"));

  private Deviations() {}

  /** Those from a kernel. */
  static List<Deviation> of(String kernel) {
    return ALL.stream().filter(each -> each.kernel.equals(kernel)).toList();
  }

  /** The one that a differing step is, if it is one. */
  static Optional<Deviation> of(String kernel, Comparison.Difference difference) {
    return of(kernel).stream()
        .filter(each -> each.caseName.equals(difference.caseName()))
        .filter(each -> each.index == difference.index())
        .findFirst();
  }

  /**
   * A step that differs on purpose.
   *
   * @param kernel the id of the profile
   * @param caseName in which case made by hand
   * @param index which step of it, from 0
   * @param why one sentence
   */
  record Deviation(String kernel, String caseName, int index, String why) {}
}
