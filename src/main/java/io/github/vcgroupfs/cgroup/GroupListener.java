package io.github.vcgroupfs.cgroup;

/** Hears of groups that go. Called after the hierarchy's lock was released. */
public interface GroupListener {
  /** The group was removed: {@code css_offline}. It takes nothing new from now on. */
  void offline(Cgroup group);
}
