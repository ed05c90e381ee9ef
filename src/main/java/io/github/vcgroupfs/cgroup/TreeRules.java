package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;

/**
 * What must hold before the tree, or a group in it, is changed. Stateless; every method runs under
 * the lock of the group's hierarchy.
 */
public final class TreeRules {
  private TreeRules() {}

  /** For a write that found its group before rmdir did: what it charged could never be returned. */
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
    if (!profile.files().newlineInName() && name.indexOf('\n') >= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a group's name must not hold a newline: /proc/PID/cgroup lists names by line");
    }
  }

  /**
   * Nobody and nothing in it.
   *
   * @param participle what it is about to be: removed
   * @throws ErrnoException EBUSY if it has children or processes
   */
  public static void requireEmpty(Cgroup group, String participle) throws ErrnoException {
    if (group.hasChildren()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s has child groups and cannot be %s: remove them first"
              .formatted(group.path(), participle));
    }
    if (group.isPopulated()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s cannot be %s with processes in it, now %d: move them to another group's cgroup.procs first"
              .formatted(group.path(), participle, group.members(Membership.Scope.PROCESS).length));
    }
  }
}
