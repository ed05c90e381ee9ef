package io.github.vcgroupfs.kernel;

/**
 * What {@code memory.kmem.slabinfo} shows: kernel-facts.md, files of several lines. There are no
 * slab caches behind it here.
 */
public enum SlabinfoRule {
  /** EIO until kernel accounting is active, then the header. 3.8 to 3.18. */
  HEADER_ONCE_ACTIVE,
  /** The header. 3.19 to 5.8. */
  HEADER,
  /** Nothing. From 5.9. */
  EMPTY
}
