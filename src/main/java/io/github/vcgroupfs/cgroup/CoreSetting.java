package io.github.vcgroupfs.cgroup;

/** A flag that every group of every hierarchy has, whatever its controllers. */
public enum CoreSetting {
  /** {@code notify_on_release}: whether the release agent is told when the group is empty. */
  NOTIFY_ON_RELEASE,
  /** {@code cgroup.clone_children}: whether a new child of cpuset copies its parent's values. */
  CLONE_CHILDREN;

  /** The value in that group. */
  public boolean of(Cgroup group) {
    return switch (this) {
      case NOTIFY_ON_RELEASE -> group.notifyOnRelease();
      case CLONE_CHILDREN -> group.cloneChildren();
    };
  }
}
