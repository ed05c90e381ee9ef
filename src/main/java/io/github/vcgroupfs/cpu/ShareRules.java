package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;

/**
 * Which weight a group may have: {@code sched_group_set_shares} and {@code sched_group_set_idle} of
 * {@code kernel/sched/fair.c}. Has no state. Methods are called under the lock of the hierarchy.
 */
final class ShareRules {
  /** {@code NICE_0_LOAD}. */
  static final long DEFAULT = 1024;

  /** {@code WEIGHT_IDLEPRIO}: that of a group that is idle. */
  private static final long IDLE = 3;

  /** {@code MIN_SHARES}. */
  private static final long MIN = 2;

  /** {@code MAX_SHARES}. */
  private static final long MAX = 1L << 18;

  /** {@code SCHED_FIXEDPOINT_SHIFT}: weights are kept with ten bits more. */
  private static final int SCALE = 10;

  private ShareRules() {}

  /**
   * Sets the weight. One that is too small or too large becomes the nearest that is not.
   *
   * @param written unsigned
   * @throws ErrnoException EINVAL if the group is the root, or idle
   */
  static void setShares(Cgroup group, long written, KernelProfile profile) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL, "the root has no siblings to share with: write to a group below");
    }
    CpuGroup state = CpuGroup.of(group);
    if (state.isIdle()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s is idle and keeps its %d shares: write 0 to cpu.idle first"
              .formatted(group.path(), IDLE));
    }
    boolean wraps = profile.has(KernelFeature.CPU_SHARES_WRAP);
    long weight = wraps ? (written << SCALE) >>> SCALE : written;
    state.setShares(clamp(weight));
  }

  private static long clamp(long weight) {
    if (Long.compareUnsigned(weight, MAX) > 0) {
      return MAX;
    }
    return Math.max(weight, MIN);
  }

  /**
   * Makes a group idle, or no longer so. Either way it gets a new weight.
   *
   * @param written 0 or 1
   * @throws ErrnoException EINVAL if it is another number, or the group is the root
   */
  static void setIdle(Cgroup group, long written) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL, "the root cannot be idle: write to the cpu.idle of a group below");
    }
    if (written < 0 || written > 1) {
      throw new ErrnoException(
          Errno.EINVAL, "%d is neither 0 nor 1: write 1 for idle, or 0".formatted(written));
    }
    boolean wanted = written == 1;
    CpuGroup state = CpuGroup.of(group);
    if (state.isIdle() != wanted) {
      state.setIdle(wanted);
      state.setShares(wanted ? IDLE : DEFAULT);
    }
  }
}
