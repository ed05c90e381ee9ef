package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Membership;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the pids controller keeps of a group: {@code struct pids_cgroup}. Any thread; the limit is
 * written under the hierarchy's lock.
 *
 * <p>Unlike Linux, tasks are counted only when somebody reads a file or moves a task. So the peak
 * is the highest number that was counted.
 */
final class PidsGroup implements ControllerState {
  private final Cgroup cgroup;
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private volatile long limit = PidsLimit.MAX;

  PidsGroup(Cgroup cgroup) {
    this.cgroup = cgroup;
  }

  /** The part of a group that this controller keeps. */
  static PidsGroup of(Cgroup group) {
    return group.state(PidsGroup.class);
  }

  /** The limit, in tasks; {@link PidsLimit#MAX}: none. */
  long limit() {
    return limit;
  }

  /** {@code pids_max_write}: the number of tasks that are there already does not matter. */
  void setLimit(long tasks) {
    limit = tasks;
  }

  /** How often a task of this group could not fork: {@code events_limit}. */
  long refusals() {
    return refusals.get();
  }

  void countRefusal() {
    refusals.incrementAndGet();
  }

  /** Tasks in the group and in all groups below it: {@code pids_current_read}. */
  long current() {
    long tasks = tasks(cgroup);
    peak.accumulateAndGet(tasks, Math::max);
    return tasks;
  }

  /** Puts back how many there once were. */
  void restorePeak(long tasks) {
    peak.set(tasks);
  }

  /** The most there were: {@code pids_peak_read}. */
  long peak() {
    current();
    return peak.get();
  }

  private static long tasks(Cgroup group) {
    long tasks = group.members(Membership.Scope.THREAD).length;
    for (Cgroup child : group.children()) {
      tasks += tasks(child);
    }
    return tasks;
  }
}
