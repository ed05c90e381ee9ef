package io.github.vcgroupfs.memcg;

/**
 * The settings of a group that are kept and shown and do not touch charging. Written under the
 * hierarchy's lock, read volatile.
 */
public final class GroupSettings {
  /** {@code vm.swappiness} at boot: what the root shows. {@code mm/vmscan.c}. */
  private static final int DEFAULT_SWAPPINESS = 60;

  private volatile boolean notifyOnRelease;
  private volatile boolean cloneChildren;
  private volatile boolean oomKillDisabled;
  private volatile int swappiness;
  private volatile long moveCharge;

  private GroupSettings(boolean notifyOnRelease, boolean cloneChildren, int swappiness) {
    this.notifyOnRelease = notifyOnRelease;
    this.cloneChildren = cloneChildren;
    this.swappiness = swappiness;
  }

  static GroupSettings ofRoot() {
    return new GroupSettings(false, false, DEFAULT_SWAPPINESS);
  }

  /** What a new child starts with; limits and move_charge are never inherited. */
  GroupSettings inherited() {
    GroupSettings child = new GroupSettings(notifyOnRelease, cloneChildren, swappiness);
    child.oomKillDisabled = oomKillDisabled;
    return child;
  }

  /** {@code notify_on_release}. */
  public boolean notifyOnRelease() {
    return notifyOnRelease;
  }

  /** {@code cgroup.clone_children}. */
  public boolean cloneChildren() {
    return cloneChildren;
  }

  /** {@code memory.oom_control}, first line. */
  public boolean oomKillDisabled() {
    return oomKillDisabled;
  }

  /** {@code memory.swappiness}. */
  public int swappiness() {
    return swappiness;
  }

  /** {@code memory.move_charge_at_immigrate}, a bit mask. */
  public long moveCharge() {
    return moveCharge;
  }

  void setNotifyOnRelease(boolean value) {
    notifyOnRelease = value;
  }

  void setCloneChildren(boolean value) {
    cloneChildren = value;
  }

  void setOomKillDisabled(boolean value) {
    oomKillDisabled = value;
  }

  void setSwappiness(int value) {
    swappiness = value;
  }

  void setMoveCharge(long value) {
    moveCharge = value;
  }
}
