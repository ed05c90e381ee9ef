package io.github.vcgroupfs.cgroup;

/**
 * Hears of groups that nobody uses any more: the port through which a release agent is called.
 * Called from any thread, without a lock; must not wait for anybody.
 */
public interface ReleaseListener {
  /**
   * The kernel would start the agent now: {@code cgroup_release_agent}.
   *
   * @param agent what {@code release_agent} holds, never empty
   * @param group the group's path from the root, its one argument
   */
  void released(String agent, String group);
}
