package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.cgroupfs.inode.Inode;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.rights.Readers;
import org.jspecify.annotations.Nullable;

/**
 * What a user may read in a mount: {@code fs/namei.c acl_permission_check}. For texts that tell of
 * other files than the one that is read. For one thread and one answer.
 */
final class Sight {
  private static final int READ = 4;
  private static final int SEARCH = 1;

  private final MountFiles mount;
  private final Caller caller;
  private final Readers.Reader reader;

  /** The sight of that user, who is neither root nor the mount's owner. */
  Sight(MountFiles mount, Caller caller) {
    this.mount = mount;
    this.caller = caller;
    this.reader = mount.sharing().readers().of(caller);
  }

  /** What is known of him beside his ids. */
  Readers.Reader reader() {
    return reader;
  }

  /** Whether he may read a file of a group, once he has come to the group. */
  boolean mayRead(Cgroup group, VisibleFile file) {
    return may(READ, mount.inodes().readable(group, file), FileType.FILE);
  }

  /** Whether he may list what is in a group, once he has come to it. */
  boolean mayList(Cgroup group) {
    return may(READ, mount.inodes().of(group), FileType.DIRECTORY);
  }

  /** Whether he may go into a group, once he has come to the group above. */
  boolean mayEnter(Cgroup group) {
    return may(SEARCH, mount.inodes().of(group), FileType.DIRECTORY);
  }

  /** Whether he may go into a group, and into all on the way from the root. */
  boolean mayReach(@Nullable Cgroup group) {
    for (@Nullable Cgroup at = group; at != null; at = at.parent()) {
      if (!mayEnter(at)) {
        return false;
      }
    }
    return true;
  }

  private boolean may(int what, Inode inode, FileType type) {
    Attributes attributes = inode.attributes(0, type, 1, 0);
    int shift = 0;
    if (attributes.uid() == caller.uid()) {
      shift = 6;
    } else if (attributes.gid() == caller.gid() || reader.isIn(attributes.gid())) {
      shift = 3;
    }
    return (attributes.mode() >>> shift & what) != 0;
  }
}
