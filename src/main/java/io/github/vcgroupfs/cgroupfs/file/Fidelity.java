package io.github.vcgroupfs.cgroupfs.file;

/** How closely a control file follows the kernel. */
public enum Fidelity {
  /** A write takes effect, and a read shows the state of now. */
  ENFORCED,
  /** A read shows the state of now, but the value has no effect. */
  REPORTED,
  /** A read shows what was written. Nothing else happens. */
  STUB
}
