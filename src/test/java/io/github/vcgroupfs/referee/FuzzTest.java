package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cases made by chance can be had again, are many-sided, and move no process. */
class FuzzTest {
  private static final List<String> FILES =
      List.of("cgroup.procs", "memory.kmem.tcp.limit_in_bytes", "memory.limit_in_bytes", "tasks");

  @Test
  void theSameSeedGivesTheSameCases() {
    assertThat(Fuzz.cases(7, 50, FILES)).isEqualTo(Fuzz.cases(7, 50, FILES));
    assertThat(Fuzz.cases(7, 50, FILES)).isNotEqualTo(Fuzz.cases(8, 50, FILES));
  }

  @Test
  void everyOperationOfTheRecordedFuzzIsDrawn() {
    Set<Operation> recorded =
        Recordings.all().stream()
            .filter(each -> each.file().equals(Recordings.FUZZ))
            .flatMap(each -> each.cases().stream())
            .flatMap(each -> each.steps().stream())
            .map(Step::operation)
            .collect(Collectors.toSet());
    Set<Operation> drawn =
        Fuzz.cases(1, 1000, FILES).stream()
            .flatMap(each -> each.steps().stream())
            .map(Step::operation)
            .collect(Collectors.toSet());
    assertThat(drawn).isEqualTo(recorded);
  }

  @Test
  void noTextNamesARunningProcess() {
    Fuzz.cases(1, 2000, FILES).stream()
        .flatMap(each -> each.steps().stream())
        .forEach(Step::requireHarmless);
  }

  @Test
  void mostStepsMeetAGroup() {
    Comparison withItself = new Comparison();
    MemoryCalls calls = new MemoryCalls(Profiles.byId("linux-6.18").orElseThrow(), "memory");
    long found = 0;
    try (Side side = new Side(calls, "")) {
      for (Case each : Fuzz.cases(1, 300, side.files())) {
        found += side.run(each).stream().filter(got -> !got.toString().contains("ENOENT")).count();
        withItself.add(each.answered(answers(side, each)), side);
      }
    }
    assertThat(found).isGreaterThan(withItself.steps() / 2);
    assertThat(withItself.differences()).as("a hierarchy and itself").isEmpty();
  }

  @Test
  void aCaseIsReadAsItIsWritten() throws Exception {
    for (Case each : Fuzz.cases(3, 200, FILES)) {
      Case answered = each.answered(each.steps().stream().map(step -> Answer.of("ok")).toList());
      assertThat(Case.read(new BufferedReader(new StringReader(answered.toJson()))))
          .containsExactly(answered);
    }
  }

  private static List<Answer> answers(Side side, Case each) {
    return side.run(each).stream().map(got -> got.orElse(Answer.of("EPERM"))).toList();
  }
}
