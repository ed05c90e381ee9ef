package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;

/**
 * Which limits for ordinary tasks a group may have: {@code tg_set_cfs_bandwidth} of {@code
 * kernel/sched/core.c}. Methods are called under the lock of the hierarchy.
 *
 * @param profile the kernel whose rules apply
 * @param children which groups count as children
 */
record CfsRules(KernelProfile profile, ChildGroups children) {
  /** {@code min_cfs_quota_period}: 1 ms, for the quota and for the period. */
  private static final long MIN_NS = 1_000_000;

  /** {@code max_cfs_quota_period}: 1 s. */
  private static final long MAX_PERIOD_NS = 1_000_000_000;

  /** {@code max_cfs_runtime}: 203 days. */
  private static final long MAX_QUOTA_NS = Ratio.MAX * Microseconds.NANOS;

  /**
   * Gives a group another limit.
   *
   * @throws ErrnoException EINVAL if the group is the root, if a number is too small or too large,
   *     or if a group would have more than one above it
   */
  void set(Cgroup group, CfsBandwidth wanted) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL, "the root cannot be limited: write to the files of a group below");
    }
    requireInRange(wanted);
    if (profile.has(KernelFeature.CFS_RUNTIME_BOUND)) {
      requireBound(wanted);
    }
    requireSchedulable(group, wanted);
    CpuGroup.of(group).setCfs(wanted);
  }

  private static void requireInRange(CfsBandwidth wanted) throws ErrnoException {
    if (Long.compareUnsigned(wanted.quotaNs(), MIN_NS) < 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a quota of %d us is too short: write 1000 at least, or -1 for no limit"
              .formatted(wanted.quotaUs()));
    }
    if (Long.compareUnsigned(wanted.periodNs(), MIN_NS) < 0
        || Long.compareUnsigned(wanted.periodNs(), MAX_PERIOD_NS) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a period of %s us cannot be: write 1000 to 1000000"
              .formatted(Long.toUnsignedString(Microseconds.of(wanted.periodNs()))));
    }
  }

  private static void requireBound(CfsBandwidth wanted) throws ErrnoException {
    if (!wanted.isLimited()) {
      return;
    }
    if (Long.compareUnsigned(wanted.quotaNs(), MAX_QUOTA_NS) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a quota of %s us is too long: write at most %d, or -1 for no limit"
              .formatted(Long.toUnsignedString(wanted.quotaUs()), Microseconds.of(MAX_QUOTA_NS)));
    }
    if (Long.compareUnsigned(wanted.burstNs(), wanted.quotaNs()) > 0
        || Long.compareUnsigned(wanted.burstNs() + wanted.quotaNs(), MAX_QUOTA_NS) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a burst of %s us is more than the quota of %d us: write a smaller burst, or a larger quota"
              .formatted(
                  Long.toUnsignedString(Microseconds.of(wanted.burstNs())), wanted.quotaUs()));
    }
  }

  /**
   * {@code __cfs_schedulable}: no group may have more of a processor than the nearest group above
   * it that is limited. All other groups were checked when they were written.
   */
  private void requireSchedulable(Cgroup group, CfsBandwidth wanted) throws ErrnoException {
    long above = Ratio.UNLIMITED;
    for (Cgroup at = group.parent(); at != null && above == Ratio.UNLIMITED; at = at.parent()) {
      above = CpuGroup.of(at).cfs().ratio();
    }
    requireWithin(group, wanted.ratio(), above);
  }

  /**
   * {@code tg_cfs_schedulable_down}, as it is for v1.
   *
   * @param ratio the group's own
   * @param above the smallest that holds above it
   */
  private void requireWithin(Cgroup group, long ratio, long above) throws ErrnoException {
    if (ratio != Ratio.UNLIMITED && above != Ratio.UNLIMITED && ratio > above) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s would have more than a group above it: write a smaller quota there, or a larger one above"
              .formatted(group.path()));
    }
    long holds = ratio == Ratio.UNLIMITED ? above : ratio;
    for (Cgroup child : children.of(group)) {
      requireWithin(child, CpuGroup.of(child).cfs().ratio(), holds);
    }
  }
}
