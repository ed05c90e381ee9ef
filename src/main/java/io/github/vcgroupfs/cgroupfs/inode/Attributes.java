package io.github.vcgroupfs.cgroupfs.inode;

/**
 * What {@code stat} shows. Immutable.
 *
 * @param ino inode number, never used again as long as the mount lives
 * @param type whether it is a directory, a file or a link
 * @param mode permission bits
 * @param nlink number of links
 * @param sizeBytes size in bytes
 * @param uid owner
 * @param gid group
 * @param times when it was last read, written and changed
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

  /** The same with other times. */
  public Attributes withTimes(Times others) {
    return new Attributes(ino, type, mode, nlink, sizeBytes, uid, gid, others);
  }
}
