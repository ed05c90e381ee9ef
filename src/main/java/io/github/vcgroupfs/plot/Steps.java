package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A value that is set now and then, such as a limit: each change, with its time. */
final class Steps {
  /** A value of this holds no more; a figure shows none. */
  static final long NONE = -1;

  /** More changes than a figure has pixels are not kept. */
  private static final int MOST = 2 * Columns.MOST;

  private final List<Step> steps = new ArrayList<>();

  /**
   * One change. Immutable.
   *
   * @param ms when
   * @param value what it is from then on; {@link #NONE}: there is none
   */
  record Step(double ms, long value) {}

  /** The value is that now. */
  void set(double ms, long value) {
    if (!steps.isEmpty() && steps.get(steps.size() - 1).value() == value) {
      return;
    }
    if (steps.size() == MOST) {
      steps.remove(MOST - 1);
    }
    steps.add(new Step(ms, value));
  }

  List<Step> all() {
    return steps;
  }

  /** Whether there ever was a value. */
  boolean isKnown() {
    return highest() > NONE;
  }

  /** The greatest of all values. */
  long highest() {
    return steps.stream().mapToLong(Step::value).max().orElse(NONE);
  }

  /** The value at the end. */
  long last() {
    return steps.isEmpty() ? NONE : steps.get(steps.size() - 1).value();
  }

  /** For programs: {@code ms:value} and a space, again and again. */
  String text() {
    return steps.stream()
        .map(step -> Unit.digits(step.ms()) + ":" + step.value())
        .collect(Collectors.joining(" "));
  }
}
