package io.github.vcgroupfs.cgroup;

/** A flag that every group has, whatever controllers its hierarchy has. */
public enum CoreSetting {
  /**
   * {@code notify_on_release}: whether the release agent is called when the group becomes empty.
   */
  NOTIFY_ON_RELEASE,
  /**
   * {@code cgroup.clone_children}: whether a new child of a cpuset group copies the values of its
   * parent.
   */
  CLONE_CHILDREN;

  /** The value of this flag in a group. */
  public boolean of(Cgroup group) {
    return switch (this) {
      case NOTIFY_ON_RELEASE -> group.notifyOnRelease();
      case CLONE_CHILDREN -> group.cloneChildren();
    };
  }
}
