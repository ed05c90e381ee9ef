package io.github.vcgroupfs.daemon;

/** From when on sockets are charged to their groups. */
public enum Accounting {
  /** From the moment a group gets a limit. Until then the static key is off. */
  AUTO,
  /** From the beginning. */
  ALWAYS
}
