package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.rights.Sharing;

/**
 * Who writes to a {@code sim.*} file, and what is known of his rights. Immutable.
 *
 * @param caller whose rights decide
 * @param sharing what users of the mount may do, and how much of it
 * @param inodes whose the groups are
 */
public record Writer(Caller caller, Sharing sharing, Inodes inodes) {
  /** Whether the group is his own, or he is the mount's owner or root. */
  public boolean owns(Cgroup group) {
    return sharing.rights().isOwner(caller) || inodes.of(group).uid() == caller.uid();
  }
}
