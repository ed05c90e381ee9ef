package io.github.vcgroupfs.cgroupfs.inode;

/**
 * What {@code stat} shows. Immutable.
 *
 * @param ino unique for the life of the mount
 * @param type what it is
 * @param mode permission bits
 * @param nlink links
 * @param sizeBytes bytes
 * @param uid owner
 * @param gid group
 * @param times when it was read, written and changed
 */
public record Attributes(
    long ino, FileType type, int mode, int nlink, long sizeBytes, int uid, int gid, Times times) {

  /**
   * Three times, nanoseconds since the epoch.
   *
   * @param atimeNs last access
   * @param mtimeNs last change of content
   * @param ctimeNs last change of anything
   */
  public record Times(long atimeNs, long mtimeNs, long ctimeNs) {}
}
