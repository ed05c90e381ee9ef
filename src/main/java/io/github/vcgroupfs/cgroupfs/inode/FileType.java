package io.github.vcgroupfs.cgroupfs.inode;

/** What a name stands for. */
public enum FileType {
  /** A group, a folder of ours, or the top of a mount of several hierarchies. */
  DIRECTORY,
  /** A control file. */
  FILE,
  /** Another name of a hierarchy. */
  LINK
}
