package io.github.vcgroupfs.kernel;

/** What a write to {@code memory.use_hierarchy} does: {@code mem_cgroup_hierarchy_write}. */
public enum UseHierarchyRule {
  /** Every write is checked, even one that changes nothing. Until 3.5. */
  ALWAYS_CHECKED,
  /** Writing the value that is already set always succeeds. 3.6 to 5.10. */
  SAME_VALUE_UNCHECKED,
  /** Only 1 is accepted and nothing changes. From 5.11. */
  ALWAYS_ON
}
