package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.function.BooleanSupplier;

/**
 * Which limits for real-time tasks a group may have: {@code tg_set_rt_bandwidth} of {@code
 * kernel/sched/rt.c}. Methods are called under the lock of the hierarchy.
 *
 * @param profile the kernel whose rules apply
 * @param children which groups count as children
 */
record RtRules(KernelProfile profile, ChildGroups children) {
  /** {@code max_rt_runtime}: more than four hours. */
  private static final long MAX_RUNTIME_NS = Ratio.MAX;

  /**
   * Gives a group another limit.
   *
   * @param hasRealTimeTasks whether such a task is in the group
   * @throws ErrnoException EBUSY if it would have no time, but has such tasks; EINVAL if the root
   *     would have no time, if the period is 0, if the runtime is longer than the period, or if a
   *     group would have more than the machine, or its children together more than itself
   */
  void set(Cgroup group, RtBandwidth wanted, BooleanSupplier hasRealTimeTasks)
      throws ErrnoException {
    if (group.isRoot() && wanted.runtimeNs() == 0) {
      throw new ErrnoException(
          Errno.EINVAL, "the root needs time for real-time tasks: write more than 0");
    }
    if (wanted.periodNs() == 0) {
      throw new ErrnoException(Errno.EINVAL, "a period of 0 cannot be: write 1 at least");
    }
    if (profile.has(KernelFeature.CFS_RUNTIME_BOUND)
        && wanted.isLimited()
        && Long.compareUnsigned(wanted.runtimeNs(), MAX_RUNTIME_NS) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a runtime of %s us is too long: write at most %d"
              .formatted(
                  Long.toUnsignedString(wanted.runtimeUs()), Microseconds.of(MAX_RUNTIME_NS)));
    }
    requireSchedulable(group, wanted);
    boolean stops = wanted.runtimeNs() == 0 && CpuGroup.of(group).rt().runtimeNs() != 0;
    if (stops && hasRealTimeTasks.getAsBoolean()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s has real-time tasks and needs time for them: move them to another group first"
              .formatted(group.path()));
    }
    CpuGroup.of(group).setRt(wanted);
  }

  /**
   * {@code tg_rt_schedulable}, asked where the change can matter: the group, and its parent. The
   * others were checked when they were written.
   */
  private void requireSchedulable(Cgroup group, RtBandwidth wanted) throws ErrnoException {
    if (wanted.isLimited() && Long.compareUnsigned(wanted.runtimeNs(), wanted.periodNs()) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a runtime of %s us is more than the period of %s us: write less"
              .formatted(
                  Long.toUnsignedString(wanted.runtimeUs()),
                  Long.toUnsignedString(Microseconds.of(wanted.periodNs()))));
    }
    long most = RtBandwidth.ROOT.ratio();
    if (Long.compareUnsigned(wanted.ratio(), most) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a runtime of %d us in %s us is more than real-time tasks may have: write at most 95 %% of the period"
              .formatted(
                  wanted.runtimeUs(), Long.toUnsignedString(Microseconds.of(wanted.periodNs()))));
    }
    requireRoomForChildren(group, wanted, group, wanted);
    Cgroup parent = group.parent();
    if (parent != null) {
      requireRoomForChildren(parent, CpuGroup.of(parent).rt(), group, wanted);
    }
  }

  private void requireRoomForChildren(
      Cgroup parent, RtBandwidth own, Cgroup changed, RtBandwidth wanted) throws ErrnoException {
    long sum = 0;
    for (Cgroup child : children.of(parent)) {
      sum += child == changed ? wanted.ratio() : CpuGroup.of(child).rt().ratio();
    }
    if (Long.compareUnsigned(sum, own.ratio()) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "the children of %s would together have more than its %d us: write less to them, or more to it first"
              .formatted(parent.path(), own.runtimeUs()));
    }
  }
}
