package io.github.vcgroupfs.cli;

/** Who keeps the members of groups. */
enum MembershipMode {
  /** The kernel where it can, else we from /proc. */
  AUTO,
  /** What /proc tells. */
  PROC,
  /** A private named hierarchy of the kernel's; without it, no mount. */
  HIERARCHY
}
