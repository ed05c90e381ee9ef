package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.Caller;

/**
 * What a handler works on: a group's file, in a mount, for a caller. Immutable.
 *
 * @param mount the mount that has the file
 * @param group the group that the file belongs to
 * @param caller who reads or writes
 * @param openedByAdmin whether whoever opened the file had CAP_SYS_ADMIN then; false where nobody
 *     has to have it
 */
public record FileTarget(MountView mount, Cgroup group, Caller caller, boolean openedByAdmin) {
  /** Without a look at the rights of whoever opened the file. */
  public FileTarget(MountView mount, Cgroup group, Caller caller) {
    this(mount, group, caller, false);
  }

  /** The hierarchy of the group. */
  public CgroupTree tree() {
    return mount.tree();
  }
}
