package io.github.vcgroupfs.kernel;

/**
 * What {@code memory.kmem.slabinfo} shows for a group without accounted slab caches. Here no group
 * has any. See kernel-facts.md, files of several lines.
 */
public enum SlabinfoRule {
  /**
   * EIO until kernel accounting is active, then the header. 3.8 to 3.18: {@code
   * mem_cgroup_slabinfo_read}.
   */
  HEADER_ONCE_ACTIVE,
  /**
   * The header line. It stands before the first cache of the machine, whichever group has that. 4.4
   * and 4.9: {@code memcg_slab_show}.
   */
  HEADER,
  /**
   * Nothing. In 4.19 the header stands before the first cache of the group ({@code
   * memcg_slab_show}); from 5.9 on nothing is ever shown.
   */
  EMPTY
}
