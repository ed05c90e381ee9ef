package io.github.vcgroupfs.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a kernel answered against what we answer. Each step counts by itself, but for what cannot be
 * judged: a whole case in which the kernel's hidden memory decided ({@link Volatile#decided}); a
 * step that our side could not be asked, and, if it may have changed something, the rest of its
 * case. Not thread-safe.
 */
final class Comparison {
  private final List<Difference> differences = new ArrayList<>();
  private int cases;
  private int agreeing;
  private int steps;
  private int unseenSteps;
  private int undecidedCases;

  /** Compares a case that a kernel has answered. */
  void add(Case answered, Side ours) {
    List<Optional<Answer>> got = ours.run(answered);
    for (int i = 0; i < answered.steps().size(); i++) {
      if (Volatile.decided(answered.steps().get(i), answered.answers().get(i))) {
        undecidedCases++;
        return;
      }
    }
    cases++;
    int before = differences.size();
    judge(answered, got);
    if (differences.size() == before) {
      agreeing++;
    }
  }

  private void judge(Case answered, List<Optional<Answer>> got) {
    for (int i = 0; i < got.size(); i++) {
      Step step = answered.steps().get(i);
      Answer wanted = answered.answers().get(i);
      if (got.get(i).isPresent()) {
        steps++;
        if (!wanted.equals(got.get(i).get())) {
          differences.add(new Difference(answered.name(), i, step, wanted, got.get(i).get()));
        }
      } else if (wanted.isRefusal() || step.operation().onlyLooks()) {
        unseenSteps++;
      } else {
        unseenSteps += got.size() - i;
        return;
      }
    }
  }

  /** Cases that were judged. */
  int cases() {
    return cases;
  }

  /** Cases in which no step differs. */
  int agreeingCases() {
    return agreeing;
  }

  /** Cases that were left out, since hidden memory of the kernel's decided in them. */
  int undecidedCases() {
    return undecidedCases;
  }

  /** Steps that were judged. */
  int steps() {
    return steps;
  }

  /** Steps that were left out, since our side could not be asked. */
  int unseenSteps() {
    return unseenSteps;
  }

  /** The steps that differ, in order. */
  List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** Equal steps, per cent of those judged; 100 if none was. */
  double percent() {
    return steps == 0 ? 100 : 100.0 * (steps - differences.size()) / steps;
  }

  /**
   * A step that differs.
   *
   * @param caseName in which case
   * @param index which step of it, from 0
   * @param step the step
   * @param kernel what the kernel answered
   * @param ours what we answer
   */
  record Difference(String caseName, int index, Step step, Answer kernel, Answer ours) {
    @Override
    public String toString() {
      return "%s, step %d: %s%n    kernel: %s%n    ours:   %s"
          .formatted(caseName, index + 1, step, kernel, ours);
    }
  }
}
