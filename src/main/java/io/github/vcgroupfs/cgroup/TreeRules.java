package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;

/**
 * Checks that are made before the tree, or a group in it, is changed. Has no state. Every method is
 * called under the lock of the hierarchy.
 */
public final class TreeRules {
  private TreeRules() {}

  /**
   * Refuses a write to a group that was removed after the write had found it. Memory charged to
   * such a group could never be given back.
   *
   * @throws ErrnoException ENODEV if the group was removed
   */
  public static void requireAlive(Cgroup group) throws ErrnoException {
    if (!group.isAlive()) {
      throw gone(group);
    }
  }

  /** What is said of a group that was removed. */
  static ErrnoException gone(Cgroup group) {
    return new ErrnoException(
        Errno.ENODEV, group.path() + " was removed: make it again, and open its files again");
  }

  /** A name that is free, and that this kernel takes. */
  static void requireUsableName(KernelProfile profile, Cgroup parent, String name)
      throws ErrnoException {
    if (parent.child(name) != null) {
      throw new ErrnoException(
          Errno.EEXIST,
          "%s has a group \"%s\" already: take another name".formatted(parent.path(), name));
    }
    requireOneLine(profile, name);
  }

  /**
   * A name that does not break the lines of {@code /proc/PID/cgroup}, unless this kernel takes it.
   */
  public static void requireOneLine(KernelProfile profile, String name) throws ErrnoException {
    if (!profile.files().newlineInName() && name.indexOf('\n') >= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a group's name must not hold a newline: /proc/PID/cgroup lists names by line");
    }
  }

  /**
   * Refuses if the group has child groups or processes.
   *
   * @param participle what is about to be done with the group, for the message: "removed"
   * @throws ErrnoException EBUSY if it has children or processes
   */
  public static void requireEmpty(Cgroup group, String participle) throws ErrnoException {
    requireChildless(group, participle);
    if (group.isPopulated()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s cannot be %s with processes in it, now %d: move them to another group's cgroup.procs first"
              .formatted(group.path(), participle, group.members(Membership.Scope.PROCESS).length));
    }
  }

  /**
   * Refuses what only a group without children allows.
   *
   * @param participle what is refused, such as "removed"
   * @throws ErrnoException EBUSY if it has children
   */
  public static void requireChildless(Cgroup group, String participle) throws ErrnoException {
    if (group.hasChildren()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s has child groups and cannot be %s: remove them first"
              .formatted(group.path(), participle));
    }
  }
}
