package io.github.vcgroupfs.top;

/** What the number of a field says, and so how it is written. */
enum Kind {
  BYTES,
  COUNT,
  /** A yes or a no. */
  FLAG,
  /** Bytes a second. */
  BYTE_RATE,
  /** Things that happen, a second. */
  RATE,
  /** A share of a limit, which is drawn as a bar. */
  SHARE
}
