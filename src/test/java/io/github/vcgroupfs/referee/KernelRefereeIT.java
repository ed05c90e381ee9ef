package io.github.vcgroupfs.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import io.github.vcgroupfs.testing.SharedResources;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  private static final int SEEDS = 3;

  static Stream<String> controllers() {
    return Controllers.ALL.stream().map(each -> each.name());
  }

  private void open(String controller) {
    LiveKernel live = LiveKernel.of(controller);
    assumeTrue(live.obstacle().isEmpty(), live.obstacle());
    assumeTrue(Ours.obstacle().isEmpty(), Ours.obstacle());
    ours = Ours.mounted(live.profile(), controller);
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
    open("memory");
    compare("cases made by hand", Recordings.casesByHand());
  }

  /** One mount for all seeds. */
  @ParameterizedTest
  @MethodSource("controllers")
  void agreeOnCasesMadeByChance(String controller) {
    open(controller);
    for (int seed = 1; seed <= SEEDS; seed++) {
      compare("seed " + seed, Fuzz.cases(seed, CASES, kernel.files()));
    }
  }

  private void compare(String which, List<Case> cases) {
    Comparison comparison = new Comparison();
    cases.forEach(each -> comparison.add(Referee.answered(each, kernel), mount));
    assertThat(comparison.differences()).as(which).isEmpty();
    assertThat(comparison.unseenSteps()).isZero();
    assertThat(comparison.steps()).isGreaterThan(2 * cases.size());
  }
}
