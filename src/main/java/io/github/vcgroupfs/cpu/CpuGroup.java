package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;

/**
 * What the cpu controller keeps of a group: {@code struct task_group}. Any thread reads; it is
 * written under the hierarchy's lock.
 */
final class CpuGroup implements ControllerState {
  private volatile long shares = ShareRules.DEFAULT;
  private volatile boolean idle;
  private volatile CfsBandwidth cfs = CfsBandwidth.NEW;
  private volatile RtBandwidth rt;

  CpuGroup(RtBandwidth rt) {
    this.rt = rt;
  }

  /** The part of a group that this controller keeps. */
  static CpuGroup of(Cgroup group) {
    return group.state(CpuGroup.class);
  }

  /** The weight of the group among its siblings: {@code cpu_shares_read_u64}. */
  long shares() {
    return shares;
  }

  /** {@code __sched_group_set_shares}. */
  void setShares(long weight) {
    shares = weight;
  }

  /** Whether it runs only when nobody else wants to: {@code SCHED_IDLE} for a group. */
  boolean isIdle() {
    return idle;
  }

  /** Writes that. */
  void setIdle(boolean wanted) {
    idle = wanted;
  }

  /** The limit for ordinary tasks. */
  CfsBandwidth cfs() {
    return cfs;
  }

  /** Writes it. */
  void setCfs(CfsBandwidth bandwidth) {
    cfs = bandwidth;
  }

  /** The limit for real-time tasks. */
  RtBandwidth rt() {
    return rt;
  }

  /** Writes it. */
  void setRt(RtBandwidth bandwidth) {
    rt = bandwidth;
  }
}
