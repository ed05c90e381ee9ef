package io.github.vcgroupfs.daemon;

/** How the members of groups are found. */
public enum MembershipMode {
  /** By the kernel's events of fork, exec and exit if that is possible; otherwise from /proc. */
  AUTO,
  /** From /proc. */
  PROC,
  /**
   * The kernel keeps them, in a named hierarchy of the daemon's own, which every process of the
   * machine shows in /proc/PID/cgroup. If that is impossible, there is no mount.
   */
  HIERARCHY
}
