package io.github.vcgroupfs.cgroupfs.file;

/** How true a control file is. */
public enum Fidelity {
  /** What is written has its effect, what is read is live. */
  ENFORCED,
  /** The value is live, but has no effect of its own. */
  REPORTED,
  /** What was written is read back; nothing more. */
  STUB
}
