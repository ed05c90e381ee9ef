package io.github.vcgroupfs.cgroup;

/**
 * A file that a client has open, as its descriptor shows it. The file itself is not opened or read
 * to find this out. Immutable.
 */
public interface ClientFile {
  /**
   * The inode number, if the file is on the mount that shows this hierarchy. 0 for any other file.
   */
  long ino();

  /**
   * Whether the client may read a file with these permission bits, owner and group: {@code
   * file_permission(MAY_READ)}. The client's identity at this moment counts.
   */
  boolean mayBeRead(int mode, int uid, int gid);
}
