package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;

/**
 * What a handler works on: which group's file, in which mount, and for whom. Immutable.
 *
 * @param mount where the file stands
 * @param group whose file it is
 * @param caller who reads or writes
 */
public record FileTarget(MountFiles mount, MemCgroup group, Caller caller) {
  /** The hierarchy of the group. */
  public Hierarchy tree() {
    return mount.tree();
  }
}
