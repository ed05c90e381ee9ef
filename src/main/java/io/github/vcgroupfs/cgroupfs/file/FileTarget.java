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
 */
public record FileTarget(MountView mount, Cgroup group, Caller caller) {
  /** The hierarchy of the group. */
  public CgroupTree tree() {
    return mount.tree();
  }
}
