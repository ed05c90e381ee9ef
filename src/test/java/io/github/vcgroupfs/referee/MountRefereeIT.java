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

  static Stream<String> kernels() {
    return Recordings.all().stream().map(Recordings.Recording::kernel).distinct();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void answersAsTheKernelDid(String kernel) {
    Needs.that(Ours.obstacle().isEmpty(), Ours.obstacle());
    Needs.programs("setpriv");
    KernelProfile profile = Profiles.byId(kernel).orElseThrow();
    Comparison comparison = new Comparison();
    try (Ours ours = Ours.mounted(profile);
        Side mount = ours.side()) {
      casesThatMemoryCannotSee(profile).forEach(each -> comparison.add(each, mount));
    }
    List<Comparison.Difference> differences = comparison.differences();
    assertThat(differences).allMatch(each -> Deviations.of(kernel, each).isPresent());
    assertThat(differences).as("deviations").hasSameSizeAs(Deviations.of(kernel));
    assertThat(comparison.unseenSteps()).isZero();
    assertThat(comparison.cases()).isGreaterThan(100);
  }

  private static List<Case> casesThatMemoryCannotSee(KernelProfile profile) {
    try (Side memory = Ours.inMemory(profile).side()) {
      return Recordings.all().stream()
          .filter(each -> each.kernel().equals(profile.id()) && Ours.has(each.controller()))
          .flatMap(each -> each.cases().stream())
          .filter(each -> memory.run(each).stream().anyMatch(Optional::isEmpty))
          .toList();
    }
  }
}
