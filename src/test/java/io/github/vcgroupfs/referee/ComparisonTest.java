package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison finds what differs, and leaves out only what cannot be judged. */
class ComparisonTest {
  private static final String TCP_LIMIT = "memory.kmem.tcp.limit_in_bytes";

  private final Comparison comparison = new Comparison();

  @Test
  void equalAnswersAreEqual() {
    add(step(Operation.WRITE, TCP_LIMIT, "8192"), 4, step(Operation.READ, TCP_LIMIT), "8192\n");
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.steps()).isEqualTo(2);
    assertThat(comparison.agreeingCases()).isEqualTo(1);
    assertThat(comparison.percent()).isEqualTo(100);
  }

  @Test
  void aDifferingStepIsNamedWithBothAnswers() {
    add(step(Operation.WRITE, TCP_LIMIT, "8192"), 4, step(Operation.READ, TCP_LIMIT), "4096\n");
    assertThat(comparison.differences()).hasSize(1);
    assertThat(comparison.differences().get(0).toString())
        .contains("a case, step 2", TCP_LIMIT, "kernel: \"4096\\n\"", "ours:   \"8192\\n\"");
    assertThat(comparison.agreeingCases()).isZero();
    assertThat(comparison.percent()).isEqualTo(50);
  }

  /** EBUSY of memory that only a real group has; that of TCP is no such thing. */
  @Test
  void aCaseInWhichHiddenMemoryDecidedIsLeftOut() {
    add(step(Operation.WRITE, "memory.limit_in_bytes", "0"), "EBUSY", step(Operation.LS, "."), 0);
    assertThat(comparison.undecidedCases()).isEqualTo(1);
    assertThat(comparison.steps()).isZero();
    add(step(Operation.WRITE, TCP_LIMIT, "0"), "EBUSY", step(Operation.READ, TCP_LIMIT), "0\n");
    assertThat(comparison.differences()).hasSize(1);
  }

  @Test
  void afterAStepThatMemoryCannotSeeTheRestIsLeftOutUnlessItChangedNothing() {
    add(step(Operation.FALLOCATE, TCP_LIMIT), "ok", step(Operation.READ, TCP_LIMIT), "wrong");
    assertThat(comparison.unseenSteps()).isEqualTo(2);
    assertThat(comparison.differences()).isEmpty();
    add(step(Operation.FALLOCATE, TCP_LIMIT), "EINVAL", step(Operation.READ, TCP_LIMIT), "wrong");
    add(step(Operation.POLL, TCP_LIMIT), "ok", step(Operation.READ, TCP_LIMIT), "wrong");
    assertThat(comparison.unseenSteps()).isEqualTo(4);
    assertThat(comparison.differences()).hasSize(2);
  }

  @Test
  void numbersOfFilesThatARealGroupMovesAreNotCompared() {
    String stat = "cache 5\nhierarchical_memory_limit 4096\ntotal=3 N0=3\n";
    assertThat(Volatile.shape(stat))
        .containsExactly("cache N", "hierarchical_memory_limit 4096", "total");
  }

  @Test
  void oneKernelIsNotAnother() {
    Recordings.Recording recorded = new Recordings.Recording("linux-6.1", "memory", "cases.jsonl");
    try (Side other =
        new Side(new MemoryCalls(Profiles.byId("linux-4.19").orElseThrow(), "memory"), "")) {
      recorded.cases().forEach(each -> comparison.add(each, other));
    }
    assertThat(comparison.differences()).isNotEmpty();
  }

  @Test
  void noStepMovesARunningProcess() {
    try (Side side =
        new Side(new MemoryCalls(Profiles.byId("linux-6.18").orElseThrow(), "memory"), "")) {
      Case moving = Case.of("moving", List.of(step(Operation.WRITE, "a/tasks", "1")));
      assertThatThrownBy(() -> side.run(moving)).hasMessageContaining("could move");
    }
  }

  private void add(Step first, Object firstAnswer, Step second, Object secondAnswer) {
    Case answered =
        Case.of("a case", List.of(first, second))
            .answered(List.of(Answer.of(firstAnswer), Answer.of(secondAnswer)));
    try (Side side =
        new Side(new MemoryCalls(Profiles.byId("linux-6.18").orElseThrow(), "memory"), "")) {
      comparison.add(answered, side);
    }
  }

  private static Step step(Operation operation, Object... arguments) {
    return Step.of(operation, arguments);
  }
}
