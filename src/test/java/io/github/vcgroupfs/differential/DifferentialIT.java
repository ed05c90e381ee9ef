package io.github.vcgroupfs.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.SharedResources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A few thousand calls on the roots that this machine has: without a v1 hierarchy of its own they
 * are two, and the output says so. {@code -Dvcgroupfs.seed=S} makes other ones.
 */
@MountTest
@Tag("jdk")
@ResourceLock(value = SharedResources.KERNEL_HIERARCHY, mode = ResourceAccessMode.READ)
class DifferentialIT {
  private static final int CALLS = 2000;
  private static final long SEED = Long.getLong("vcgroupfs.seed", 20111206L);

  @Test
  void theRootsGiveTheSameAnswers() throws Exception {
    Comparison comparison = Differential.compare(SEED, CALLS, Differential.open());
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.calls()).isGreaterThanOrEqualTo(CALLS);
    assertThat(comparison.refused()).isBetween(CALLS / 5, CALLS * 4 / 5);
  }
}
