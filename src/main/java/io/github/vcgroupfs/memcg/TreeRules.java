package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What must hold before the tree, or a group in it, is changed. Stateless; every method runs under
 * the lock of the group's hierarchy.
 */
final class TreeRules {
  private TreeRules() {}

  /** The root cannot be emptied in the kernels that refuse it: {@code EINVAL}. */
  static void requireNotRoot(MemCgroup group) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(Errno.EINVAL, "the root cannot be emptied; write to a group below");
    }
  }

  /** For a write that found its group before rmdir did: what it charged could never be returned. */
  static void requireAlive(MemCgroup group) throws ErrnoException {
    if (!group.isAlive()) {
      throw new ErrnoException(
          Errno.ENODEV, group.path() + " was removed: make it again, and open its files again");
    }
  }

  /** A name that is free, and that this kernel takes. */
  static void requireUsableName(MemCgroup parent, String name) throws ErrnoException {
    if (parent.child(name) != null) {
      throw new ErrnoException(
          Errno.EEXIST,
          "%s has a group \"%s\" already: take another name".formatted(parent.path(), name));
    }
    if (!parent.hierarchy().profile().files().newlineInName() && name.indexOf('\n') >= 0) {
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
  static void requireEmpty(MemCgroup group, String participle) throws ErrnoException {
    if (group.hasChildren()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s has child groups and cannot be %s: remove them first"
              .formatted(group.path(), participle));
    }
    Membership membership = group.hierarchy().membership();
    if (membership.isPopulated(group)) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s cannot be %s with processes in it, now %d: move them to another group's cgroup.procs first"
              .formatted(
                  group.path(),
                  participle,
                  membership.list(group, Membership.Scope.PROCESS).length));
    }
  }
}
