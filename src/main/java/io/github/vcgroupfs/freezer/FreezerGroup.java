package io.github.vcgroupfs.freezer;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What the freezer keeps of a group: {@code struct freezer}. Any thread may read; changes are made
 * under the hierarchy's lock.
 */
final class FreezerGroup implements ControllerState {
  /** What the kernel shows of a group. */
  enum State {
    /** Members run. */
    THAWED,
    /** Members are being stopped. */
    FREEZING,
    /** All of them have stopped, and those of the groups below. */
    FROZEN
  }

  private volatile @Nullable Caller freezer;
  private volatile boolean parentFreezing;
  private volatile boolean frozen;

  /** The part of a group that this controller keeps. */
  static FreezerGroup of(Cgroup group) {
    return group.state(FreezerGroup.class);
  }

  /** Who froze the group itself; null: nobody. */
  @Nullable Caller freezer() {
    return freezer;
  }

  /** {@code CGROUP_FREEZING_SELF}. */
  boolean selfFreezing() {
    return freezer != null;
  }

  void setFreezer(@Nullable Caller who) {
    freezer = who;
  }

  /** {@code CGROUP_FREEZING_PARENT}: a group above was frozen. */
  boolean parentFreezing() {
    return parentFreezing;
  }

  void setParentFreezing(boolean value) {
    parentFreezing = value;
  }

  /** {@code CGROUP_FREEZING}. */
  boolean freezing() {
    return selfFreezing() || parentFreezing;
  }

  /** {@code CGROUP_FROZEN}: all members and all groups below were seen to have stopped. */
  boolean frozen() {
    return frozen;
  }

  void setFrozen(boolean value) {
    frozen = value;
  }

  /** {@code freezer_state_strs}. */
  State state() {
    if (frozen) {
      return State.FROZEN;
    }
    return freezing() ? State.FREEZING : State.THAWED;
  }
}
