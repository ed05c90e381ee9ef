package io.github.vcgroupfs.memcg.files;

/** Which number of a counter a file shows: the lower half of {@code MEMFILE_PRIVATE}. */
enum Attribute {
  LIMIT,
  SOFT_LIMIT,
  USAGE,
  MAX_USAGE,
  FAILCNT
}
