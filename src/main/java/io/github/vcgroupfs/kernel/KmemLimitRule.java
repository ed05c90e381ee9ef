package io.github.vcgroupfs.kernel;

/** What a write to {@code memory.kmem.limit_in_bytes} does: kernel-facts.md, kernel limit. */
public enum KmemLimitRule {
  /** Sets a limit; EBUSY if usage is above it. The article, and 4.5 to 5.15. */
  SETS,
  /**
   * The first limit turns kernel accounting on. For that, the group must have no processes and, if
   * it is hierarchical, no children. Writing "no limit" does not turn it on. 3.8 to 3.18: {@code
   * memcg_update_kmem_limit}.
   */
  ACTIVATES,
  /**
   * As {@link #ACTIVATES}, but writing "no limit" turns it on, too. 3.19 to 4.4: {@code
   * memcg_activate_kmem}.
   */
  ALWAYS_ACTIVATES,
  /** EOPNOTSUPP, after the text was checked. 5.16 to 6.5: {@code mem_cgroup_write}. */
  UNSUPPORTED,
  /** Succeeds and does nothing. From 6.6: {@code mem_cgroup_write}. */
  IGNORED
}
