package io.github.vcgroupfs.cgroupfs.inode;

/** What a name is: a directory, a file or a link. */
public enum FileType {
  /** A group, a folder of {@code sim.*} files, or the top of a mount with several hierarchies. */
  DIRECTORY,
  /** A control file. */
  FILE,
  /** A symbolic link to the directory of a hierarchy. */
  LINK
}
