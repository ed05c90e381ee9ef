package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.Caller;

/**
 * What a handler works on: which group's file, in which mount, and for whom. Immutable.
 *
 * @param mount where the file stands
 * @param group whose file it is
 * @param caller who reads or writes
 */
public record FileTarget(MountView mount, Cgroup group, Caller caller) {
  /** The hierarchy of the group. */
  public CgroupTree tree() {
    return mount.tree();
  }
}
