package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.Stat;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * What {@code stat} showed. Immutable. There is no time of birth; that of the last change stands
 * for it.
 */
record BasicAttributes(Stat stat) implements BasicFileAttributes {
  /** The device and the number of a file. */
  private record Key(long dev, long ino) {
    @Override
    public String toString() {
      return "(dev=" + Long.toHexString(dev) + ",ino=" + ino + ')';
    }
  }

  static FileTime time(long ns) {
    return FileTime.from(ns, TimeUnit.NANOSECONDS);
  }

  @Override
  public FileTime lastModifiedTime() {
    return time(stat.inode().times().mtimeNs());
  }

  @Override
  public FileTime lastAccessTime() {
    return time(stat.inode().times().atimeNs());
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return !isDirectory() && !isSymbolicLink();
  }

  @Override
  public boolean isDirectory() {
    return stat.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return stat.isLink();
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return stat.inode().sizeBytes();
  }

  @Override
  public Object fileKey() {
    return new Key(stat.dev(), stat.inode().ino());
  }
}
