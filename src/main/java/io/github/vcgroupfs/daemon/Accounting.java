package io.github.vcgroupfs.daemon;

/** When sockets are accounted. */
public enum Accounting {
  /** Once a group has a limit: the static branch. */
  AUTO,
  /** From the beginning. */
  ALWAYS
}
