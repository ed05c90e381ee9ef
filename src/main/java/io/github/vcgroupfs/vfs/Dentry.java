package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import org.jspecify.annotations.Nullable;

/**
 * What a path leads to. Immutable: the attributes are those of the moment when it was looked up.
 *
 * @param path from the top of the tree, without links, {@code .} and {@code ..}
 * @param inner the path in the mount; null for a directory above it
 * @param dev the number of the file system that it is on
 * @param inode what {@code stat} shows of it
 */
record Dentry(String path, @Nullable String inner, long dev, Attributes inode) {
  boolean isDirectory() {
    return inode.type() == FileType.DIRECTORY;
  }

  boolean isLink() {
    return inode.type() == FileType.LINK;
  }

  /** Whether both are the same file, by device and number. */
  boolean isSameAs(Dentry other) {
    return dev == other.dev && inode.ino() == other.inode.ino();
  }

  Stat stat() {
    return new Stat(dev, inode);
  }
}
