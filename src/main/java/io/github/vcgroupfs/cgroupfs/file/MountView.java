package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.rights.Sharing;
import org.jspecify.annotations.Nullable;

/** What a handler can use of the mount that has its file. Thread-safe. */
public interface MountView {
  /** The hierarchy with its groups. */
  CgroupTree tree();

  /** Owners and permissions of the files. */
  Inodes inodes();

  /** What its users may have the daemon do, and how much of it. */
  Sharing sharing();

  /** The control file with this inode number, or null if this hierarchy has no such file. */
  @Nullable EventFile fileOf(long ino);

  /**
   * What is behind one of the {@code sim.*} files.
   *
   * @throws IllegalStateException if this mount does not have it
   */
  ServedFile served(Served which);
}
