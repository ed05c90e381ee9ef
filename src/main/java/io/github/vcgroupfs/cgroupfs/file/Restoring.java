package io.github.vcgroupfs.cgroupfs.file;

/** The step at which a recorded value is restored. Later steps depend on earlier ones. */
public enum Restoring {
  /** Before there are child groups and limits. */
  FLAGS,
  /** Before there are child groups and usage. */
  LIMITS,
  /** From the leaves to the root, because a group also holds what its children hold. */
  USAGE,
  /** After usage, because restoring usage changes the records. */
  RECORDS,
  /** There is no model for the value: the recorded text is shown. */
  NEVER
}
