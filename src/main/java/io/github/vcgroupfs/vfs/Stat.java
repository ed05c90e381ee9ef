package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;

/**
 * What {@code stat} answers. Immutable.
 *
 * @param dev the number of the file system
 * @param inode the rest
 */
public record Stat(long dev, Attributes inode) {
  private static final int S_IFLNK = 0120000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFDIR = 0040000;

  /** {@code st_mode}: the kind of the file and its permission bits. */
  public int mode() {
    int kind =
        switch (inode.type()) {
          case DIRECTORY -> S_IFDIR;
          case FILE -> S_IFREG;
          case LINK -> S_IFLNK;
        };
    return kind | inode.mode();
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return inode.type() == FileType.DIRECTORY;
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return inode.type() == FileType.LINK;
  }

  /** Whether both are of the same file. */
  public boolean isSameFile(Stat other) {
    return dev == other.dev && inode.ino() == other.inode.ino();
  }
}
