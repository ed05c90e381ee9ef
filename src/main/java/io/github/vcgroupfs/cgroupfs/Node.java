package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import org.jspecify.annotations.Nullable;

/**
 * What a path leads to: a group, a control file, a name that is free in a group, or nothing at all.
 * It carries the checks, so that an operation reads as one line. Immutable.
 *
 * @param path as it was asked for
 * @param group the group itself, the group of the file, or the group in which the name is free;
 *     null if the path leads through something that is not there
 * @param file the control file, or null
 * @param freeName the name that is free, or null
 * @param folder the folder of files of ours in which there is nothing of that name, or null
 * @param mostNameBytes 0, or, where the free name is longer than the kernel looks up, how long a
 *     name may be
 */
record Node(
    String path,
    @Nullable MemCgroup group,
    @Nullable VisibleFile file,
    @Nullable String freeName,
    @Nullable VisibleFile folder,
    int mostNameBytes) {

  /** A group. */
  static Node ofGroup(String path, MemCgroup group) {
    return new Node(path, group, null, null, null, 0);
  }

  /** A file in a group. */
  static Node ofFile(String path, MemCgroup group, VisibleFile file) {
    return new Node(path, group, file, null, null, 0);
  }

  /** A name that is free in a group. */
  static Node ofFreeName(String path, MemCgroup group, String name) {
    return new Node(path, group, null, name, null, 0);
  }

  /** A name that no group can have. */
  static Node ofLongName(String path, MemCgroup group, String name, int mostNameBytes) {
    return new Node(path, group, null, name, null, mostNameBytes);
  }

  /** A name that is free in a folder of ours, where only we make files. */
  static Node inFolder(String path, MemCgroup group, VisibleFile folder) {
    return new Node(path, group, null, null, folder, 0);
  }

  /** What leads through something that is not there. */
  static Node nowhere(String path) {
    return new Node(path, null, null, null, null, 0);
  }

  /** Whether it leads to a group. */
  boolean isDirectory() {
    return group != null && file == null && freeName == null && folder == null;
  }

  /** A group, or a folder of ours. */
  Node requireListable() throws ErrnoException {
    requireExists();
    if (file != null && !file.isFolder()) {
      throw new ErrnoException(
          Errno.ENOTDIR, path + " is a control file: read it, or list a group");
    }
    return this;
  }

  /** A group. */
  MemCgroup requireDirectory() throws ErrnoException {
    requireExists();
    if (file != null && file.isFolder()) {
      throw new ErrnoException(
          Errno.EPERM, path + " is no group and stays as it is; make groups beside it");
    }
    if (file != null) {
      throw new ErrnoException(
          Errno.ENOTDIR, path + " is a control file: that can only be done to a group");
    }
    return groupOrThrow();
  }

  /** A control file. */
  VisibleFile requireControlFile() throws ErrnoException {
    requireExists();
    if (file == null || file.isFolder()) {
      throw new ErrnoException(Errno.EISDIR, path + " is a directory: open one of its files");
    }
    return file;
  }

  /** A group, a control file, or a folder of ours. */
  Node requireExists() throws ErrnoException {
    requireShortName();
    if (group == null || freeName != null || folder != null) {
      throw new ErrnoException(
          Errno.ENOENT, "there is no %s: ls shows what there is".formatted(path));
    }
    return this;
  }

  /** A name that is free; returns it. */
  String requireAbsent() throws ErrnoException {
    requireShortName();
    if (freeName == null) {
      if (group == null) {
        throw new ErrnoException(
            Errno.ENOENT, "there is no directory for %s: make that first".formatted(path));
      }
      if (folder != null) {
        throw new ErrnoException(
            Errno.EPERM,
            "%s holds files of ours and no groups; make groups beside it".formatted(folder.name()));
      }
      throw new ErrnoException(Errno.EEXIST, path + " exists: take another name");
    }
    return freeName;
  }

  private void requireShortName() throws ErrnoException {
    if (mostNameBytes > 0) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG,
          "a name has %d bytes at most: take a shorter one".formatted(mostNameBytes));
    }
  }

  /** The group of any node that has one. */
  MemCgroup groupOrThrow() throws ErrnoException {
    if (group == null) {
      throw new ErrnoException(
          Errno.ENOENT, "there is no %s: ls shows what there is".formatted(path));
    }
    return group;
  }
}
