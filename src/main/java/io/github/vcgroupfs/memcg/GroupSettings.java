package io.github.vcgroupfs.memcg;

/**
 * The settings of a group that can be written and read but have no effect on charging. They are
 * written under the hierarchy's lock, and are volatile.
 */
public final class GroupSettings {
  /** {@code vm.swappiness} at boot: what the root shows. {@code mm/vmscan.c}. */
  private static final int DEFAULT_SWAPPINESS = 60;

  private volatile boolean oomKillDisabled;
  private volatile int swappiness;
  private volatile long moveCharge;

  private GroupSettings(int swappiness) {
    this.swappiness = swappiness;
  }

  static GroupSettings ofRoot() {
    return new GroupSettings(DEFAULT_SWAPPINESS);
  }

  /** What a new child starts with; limits and move_charge are never inherited. */
  GroupSettings inherited() {
    GroupSettings child = new GroupSettings(swappiness);
    child.oomKillDisabled = oomKillDisabled;
    return child;
  }

  /** The first line of {@code memory.oom_control}. */
  public boolean oomKillDisabled() {
    return oomKillDisabled;
  }

  /** {@code memory.swappiness}: how readily the kernel would swap. */
  public int swappiness() {
    return swappiness;
  }

  /** {@code memory.move_charge_at_immigrate}, a bit mask. */
  public long moveCharge() {
    return moveCharge;
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
