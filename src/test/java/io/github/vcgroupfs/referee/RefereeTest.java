package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our file system, without FUSE, answers every recorded case as the kernel did. */
class RefereeTest {

  static Stream<Recordings.Recording> recordings() {
    return Recordings.all().stream().filter(each -> Ours.has(each.controller()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void answersAsTheKernelDid(Recordings.Recording recording) {
    Comparison comparison = new Comparison();
    try (Ours ours = Ours.inMemory(Profiles.byId(recording.kernel()).orElseThrow());
        Side side = ours.side()) {
      recording.cases().forEach(each -> comparison.add(each, side));
    }
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.steps())
        .as("steps that could be judged")
        .isGreaterThan(5 * comparison.unseenSteps());
  }
}
