package io.github.vcgroupfs.kernel;

/** What a write to {@code memory.kmem.limit_in_bytes} does: kernel-facts.md, kernel limit. */
public enum KmemLimitRule {
  /** A plain limit; EBUSY if usage is above it. The article, and 4.5 to 5.15. */
  SETS,
  /**
   * The first limit activates kernel accounting, which needs a group without tasks, and without
   * children if it is hierarchical. "No limit" does not activate. 3.8 to 3.18: {@code
   * memcg_update_kmem_limit}.
   */
  ACTIVATES,
  /**
   * As {@link #ACTIVATES}, and "no limit" activates, too. 3.19 to 4.4: {@code memcg_activate_kmem}.
   */
  ALWAYS_ACTIVATES,
  /** EOPNOTSUPP, once the text was read. 5.16 to 6.5: {@code mem_cgroup_write}. */
  UNSUPPORTED,
  /** Success, and nothing happens. From 6.6: {@code mem_cgroup_write}. */
  IGNORED
}
