package io.github.vcgroupfs.memcg.files;

/** The number of a counter that a file shows: the lower half of {@code MEMFILE_PRIVATE}. */
enum Attribute {
  LIMIT,
  SOFT_LIMIT,
  USAGE,
  MAX_USAGE,
  FAILCNT
}
