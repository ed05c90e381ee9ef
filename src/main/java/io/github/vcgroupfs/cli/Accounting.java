package io.github.vcgroupfs.cli;

/** When sockets are accounted. */
enum Accounting {
  /** Once a group has a limit: the static branch. */
  AUTO,
  /** From the beginning. */
  ALWAYS
}
