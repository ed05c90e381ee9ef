package io.github.vcgroupfs.cgroup;

/** Is called when a group is removed, after the lock of the hierarchy was released. */
public interface GroupListener {
  /** The group was removed: {@code css_offline}. It accepts nothing new from now on. */
  void offline(Cgroup group);
}
