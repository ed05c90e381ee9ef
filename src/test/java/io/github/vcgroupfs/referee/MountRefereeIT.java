package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import io.github.vcgroupfs.testing.Needs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mount answers as the recorded kernels did where {@code RefereeTest} cannot ask: permission of
 * other users, poll, eventfds, handles of directories, names that are there already. Of each
 * recording only the cases with such a step are run, since the other ones say the same without
 * FUSE.
 */
@EnabledIfFuseAvailable
@Tag("programs")
class MountRefereeIT {

  /** A kernel that was asked, and which of its hierarchies. */
  record Asked(String kernel, String controller) {}

  static Stream<Asked> asked() {
    return Recordings.all().stream()
        .filter(each -> Ours.has(each.controller()))
        .map(each -> new Asked(each.kernel(), each.controller()))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("asked")
  void answersAsTheKernelDid(Asked asked) {
    Needs.that(Ours.obstacle().isEmpty(), Ours.obstacle());
    Needs.programs("setpriv");
    KernelProfile profile = Profiles.byId(asked.kernel()).orElseThrow();
    Comparison comparison = new Comparison();
    try (Ours ours = Ours.mounted(profile, asked.controller());
        Side mount = ours.side()) {
      casesThatMemoryCannotSee(asked, profile).forEach(each -> comparison.add(each, mount));
    }
    List<Comparison.Difference> differences = comparison.differences();
    assertThat(differences).allMatch(each -> Deviations.of(asked.kernel(), each).isPresent());
    if (asked.controller().equals("memory")) { // the cases that deviate are of memory
      assertThat(differences).as("deviations").hasSameSizeAs(Deviations.of(asked.kernel()));
    }
    assertThat(comparison.unseenSteps()).isZero();
    assertThat(comparison.cases()).isGreaterThan(20);
  }

  private static List<Case> casesThatMemoryCannotSee(Asked asked, KernelProfile profile) {
    try (Side memory = Ours.inMemory(profile, asked.controller()).side()) {
      return Recordings.all().stream()
          .filter(each -> asked.equals(new Asked(each.kernel(), each.controller())))
          .flatMap(each -> each.cases().stream())
          .filter(each -> memory.run(each).stream().anyMatch(Optional::isEmpty))
          .toList();
    }
  }
}
