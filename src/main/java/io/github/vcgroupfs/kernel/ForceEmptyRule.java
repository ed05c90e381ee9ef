package io.github.vcgroupfs.kernel;

/** What a write to {@code memory.force_empty} does: {@code mem_cgroup_force_empty}. */
public enum ForceEmptyRule {
  /**
   * EBUSY if there are processes or child groups. Otherwise what is charged moves to the parent.
   * Until 3.7.
   */
  MOVES_TO_PARENT,
  /** The same, but EINVAL on the root. 3.8 to 3.18. */
  MOVES_TO_PARENT_NOT_ON_ROOT,
  /** Reclaims what it can and succeeds; EINVAL on the root. From 3.19. */
  RECLAIMS
}
