package io.github.vcgroupfs.kernel;

/** Which groups allow writes to {@code memory.swappiness} and {@code memory.oom_control}. */
public enum TreeScope {
  /**
   * Not the root, not a group below a hierarchical parent, and not a hierarchical group with
   * children. 3.x: {@code mem_cgroup_swappiness_write}, {@code mem_cgroup_oom_control_write}.
   */
  TREE_TOPS,
  /** Every group. 4.x and later. */
  EVERY_GROUP
}
