package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import org.jspecify.annotations.Nullable;

/** What a handler can reach of the mount in which its file stands. Thread-safe. */
public interface MountView {
  /** The groups. */
  CgroupTree tree();

  /** Who owns the files, and who may read and write them. */
  Inodes inodes();

  /** The control file with that inode number, or null if it is none of this hierarchy. */
  @Nullable EventFile fileOf(long ino);

  /**
   * What stands behind a file of ours.
   *
   * @throws IllegalStateException if this mount does not have it
   */
  ServedFile served(Served which);
}
