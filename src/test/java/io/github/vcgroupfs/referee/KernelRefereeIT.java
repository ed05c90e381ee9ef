package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import io.github.vcgroupfs.testing.SharedResources;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel of this machine and a mount with its profile give the same answers. Runs where there
 * is a v1 memory hierarchy and a profile for the kernel; works in scratch groups of its own.
 */
@EnabledIfFuseAvailable
@Tag("programs")
@ResourceLock(value = SharedResources.KERNEL_HIERARCHY, mode = ResourceAccessMode.READ)
class KernelRefereeIT {
  private static final int CASES = 400;

  private Ours ours;
  private Side mount;
  private Side kernel;

  @BeforeEach
  void open() {
    LiveKernel live = LiveKernel.of("memory");
    assumeTrue(live.obstacle().isEmpty(), live.obstacle());
    assumeTrue(Ours.obstacle().isEmpty(), Ours.obstacle());
    ours = Ours.mounted(live.profile());
    mount = ours.side();
    kernel = live.side();
  }

  @AfterEach
  void close() {
    if (ours != null) {
      kernel.close();
      mount.close();
      ours.close();
    }
  }

  @Test
  void agreeOnTheCasesMadeByHand() {
    compare(Recordings.casesByHand());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreeOnCasesMadeByChance(long seed) {
    compare(Fuzz.cases(seed, CASES, kernel.files()));
  }

  private void compare(List<Case> cases) {
    Comparison comparison = new Comparison();
    cases.forEach(each -> comparison.add(Referee.answered(each, kernel), mount));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.unseenSteps()).isZero();
    assertThat(comparison.steps()).isGreaterThan(2 * cases.size());
  }
}
