package io.github.vcgroupfs.cgroupfs.file;

/** When a file takes over what was recorded of it: what comes later rests on what came before. */
public enum Restoring {
  /** Before there are child groups and limits. */
  FLAGS,
  /** Before there are child groups and usage. */
  LIMITS,
  /** From the leaves to the root: a group holds what its children hold. */
  USAGE,
  /** After usage, which moves them. */
  RECORDS,
  /** There is no model behind it: the text is shown as it was. */
  NEVER
}
