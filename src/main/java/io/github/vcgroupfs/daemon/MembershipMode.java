package io.github.vcgroupfs.daemon;

/** How the members of groups are found. */
public enum MembershipMode {
  /** The kernel keeps them if that is possible; otherwise from /proc. */
  AUTO,
  /** From /proc. */
  PROC,
  /**
   * The kernel keeps them, in a named hierarchy of the daemon's own. If that is impossible, there
   * is no mount.
   */
  HIERARCHY
}
