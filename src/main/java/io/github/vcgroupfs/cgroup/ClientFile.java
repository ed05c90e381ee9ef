package io.github.vcgroupfs.cgroup;

/** What a descriptor of a client leads to, told without touching it. Immutable. */
public interface ClientFile {
  /** The inode number, if it is a file of the mount this hierarchy is seen through; else 0. */
  long ino();

  /**
   * Whether the client may read a file with these permission bits, owner and group: {@code
   * file_permission(MAY_READ)}, with the identity it has now.
   */
  boolean mayBeRead(int mode, int uid, int gid);
}
