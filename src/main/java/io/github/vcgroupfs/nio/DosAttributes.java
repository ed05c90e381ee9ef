package io.github.vcgroupfs.nio;

import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;

/** What {@code stat} showed, and four flags that Samba invented. Immutable. */
record DosAttributes(PosixAttributes file, int flags) implements DosFileAttributes {
  static final int READ_ONLY = 0x01;
  static final int HIDDEN = 0x02;
  static final int SYSTEM = 0x04;
  static final int ARCHIVE = 0x20;

  @Override
  public boolean isReadOnly() {
    return (flags & READ_ONLY) != 0;
  }

  @Override
  public boolean isHidden() {
    return (flags & HIDDEN) != 0;
  }

  @Override
  public boolean isArchive() {
    return (flags & ARCHIVE) != 0;
  }

  @Override
  public boolean isSystem() {
    return (flags & SYSTEM) != 0;
  }

  @Override
  public FileTime lastModifiedTime() {
    return file.lastModifiedTime();
  }

  @Override
  public FileTime lastAccessTime() {
    return file.lastAccessTime();
  }

  @Override
  public FileTime creationTime() {
    return file.creationTime();
  }

  @Override
  public boolean isRegularFile() {
    return file.isRegularFile();
  }

  @Override
  public boolean isDirectory() {
    return file.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return file.isSymbolicLink();
  }

  @Override
  public boolean isOther() {
    return file.isOther();
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public Object fileKey() {
    return file.fileKey();
  }
}
