package io.github.vcgroupfs.daemon;

/** Who keeps the members of groups. */
public enum MembershipMode {
  /** The kernel where it can, else we from /proc. */
  AUTO,
  /** What /proc tells. */
  PROC,
  /** A private named hierarchy of the kernel's; without it, no mount. */
  HIERARCHY
}
