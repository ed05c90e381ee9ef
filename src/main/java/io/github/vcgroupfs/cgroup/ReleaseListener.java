package io.github.vcgroupfs.cgroup;

/**
 * Is called for groups that nobody uses any more. Through this port a release agent is started.
 * Called from any thread, without a lock; it must not wait for anybody.
 */
public interface ReleaseListener {
  /**
   * Called when the kernel would start the agent: {@code cgroup_release_agent}.
   *
   * @param agent the program in {@code release_agent}, never empty
   * @param group the path of the group from the root; the only argument of the agent
   */
  void released(String agent, String group);
}
