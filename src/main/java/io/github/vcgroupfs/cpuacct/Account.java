package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.TaskTimes;
import org.jspecify.annotations.Nullable;

/**
 * A process, or a thread of one that is in several groups, as it was last seen. Guarded by the lock
 * of {@link Accounts}.
 */
final class Account {
  private final long startTime;
  private Cgroup group;
  private int ppid;
  private CpuTime own;

  /**
   * What of its children's time needs no charge: they used it before they came into a group, or it
   * was charged when they were seen.
   */
  private CpuTime accounted;

  private Account(TaskTimes seen, Cgroup group, CpuTime own, CpuTime accounted) {
    this.startTime = seen.startTime();
    this.ppid = seen.ppid();
    this.group = group;
    this.own = own;
    this.accounted = accounted;
  }

  /** One that comes to a group now: what it used so far is not the group's. */
  static Account ofArrival(TaskTimes seen, Cgroup group) {
    return new Account(seen, group, seen.own(), seen.children());
  }

  /** One that was born in the group: all that it used is the group's. */
  static Account ofBirth(TaskTimes seen, Cgroup group) {
    return new Account(seen, group, CpuTime.ZERO, CpuTime.ZERO);
  }

  Cgroup group() {
    return group;
  }

  int ppid() {
    return ppid;
  }

  boolean isSame(@Nullable TaskTimes seen) {
    return seen != null && seen.startTime() == startTime;
  }

  /** From now on its time goes there. */
  void moveTo(Cgroup to) {
    group = to;
  }

  /** Charges its group with what is new. */
  void observe(TaskTimes seen) {
    CpuTime ofChildren = seen.children().since(accounted);
    CpuacctGroup.charge(group, seen.cpu(), seen.own().since(own).plus(ofChildren));
    ppid = seen.ppid();
    own = seen.own();
    accounted = accounted.plus(ofChildren);
  }

  /** All that is known of its life, which its parent's files will tell as time of a child. */
  CpuTime life() {
    return own.plus(accounted);
  }

  /** A descendant that it waits for has ended, whose time was charged already. */
  void accountFor(CpuTime life) {
    accounted = accounted.plus(life);
  }
}
