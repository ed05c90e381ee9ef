package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.Stat;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** What {@code stat} showed, with owner and mode. Immutable. */
record PosixAttributes(BasicAttributes basic) implements PosixFileAttributes {
  static PosixAttributes of(Stat stat) {
    return new PosixAttributes(new BasicAttributes(stat));
  }

  Stat stat() {
    return basic.stat();
  }

  @Override
  public UserPrincipal owner() {
    return new Principals.User(stat().inode().uid());
  }

  @Override
  public GroupPrincipal group() {
    return new Principals.Group(stat().inode().gid());
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return FileModes.permissions(stat().inode().mode());
  }

  @Override
  public FileTime lastModifiedTime() {
    return basic.lastModifiedTime();
  }

  @Override
  public FileTime lastAccessTime() {
    return basic.lastAccessTime();
  }

  @Override
  public FileTime creationTime() {
    return basic.creationTime();
  }

  @Override
  public boolean isRegularFile() {
    return basic.isRegularFile();
  }

  @Override
  public boolean isDirectory() {
    return basic.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return basic.isSymbolicLink();
  }

  @Override
  public boolean isOther() {
    return basic.isOther();
  }

  @Override
  public long size() {
    return basic.size();
  }

  @Override
  public Object fileKey() {
    return basic.fileKey();
  }
}
