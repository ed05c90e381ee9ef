package io.github.vcgroupfs.cgroupfs.inode;

/** What {@link Inodes} needs to know of a control file. */
public interface IndexedFile {
  /** Which file of its directory it is, 1 to {@link Inodes#MAX_INDEX}; 0 is the directory. */
  int index();

  /** Permission bits, until somebody changes them. */
  int mode();
}
