package io.github.vcgroupfs.cgroupfs.inode;

/** What {@link Inodes} needs to know of a control file. */
public interface IndexedFile {
  /**
   * The number of the file in its directory, 1 to {@link Inodes#MAX_INDEX}. 0 is the directory
   * itself.
   */
  int index();

  /** Permission bits, until somebody changes them. */
  int mode();
}
