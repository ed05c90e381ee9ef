package io.github.vcgroupfs.kernel;

/** On which groups {@code memory.swappiness} and {@code memory.oom_control} may be written. */
public enum TreeScope {
  /**
   * Not on the root, not below a hierarchical parent, not on a hierarchical group with children.
   * 3.x: {@code mem_cgroup_swappiness_write}, {@code mem_cgroup_oom_control_write}.
   */
  TREE_TOPS,
  /** On every group. 4.x and later. */
  EVERY_GROUP
}
