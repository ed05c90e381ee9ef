package io.github.vcgroupfs.cgroupfs.path;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * What a path leads to: a group, a control file, a free name in a group, or nothing at all. It also
 * has the checks with which an operation begins. Immutable.
 *
 * @param path as the caller gave it
 * @param group the group itself, the group of the file, or the group in which the name is free;
 *     null if a directory on the way does not exist
 * @param file the control file, or null
 * @param freeName the name that is free, or null
 * @param folder the folder of {@code sim.*} files that has no such name, or null
 * @param mostNameBytes if the free name is longer than the kernel allows: the longest that is
 *     allowed; otherwise 0
 */
public record Node(
    String path,
    @Nullable Cgroup group,
    @Nullable VisibleFile file,
    @Nullable String freeName,
    @Nullable VisibleFile folder,
    int mostNameBytes) {

  /** What leads to a group. */
  static Node ofGroup(String path, Cgroup group) {
    return new Node(path, group, null, null, null, 0);
  }

  /** What leads to a file in a group. */
  static Node ofFile(String path, Cgroup group, VisibleFile file) {
    return new Node(path, group, file, null, null, 0);
  }

  /** What leads to a name that is free in a group. */
  static Node ofFreeName(String path, Cgroup group, String name) {
    return new Node(path, group, null, name, null, 0);
  }

  /** What leads to a name that no group can have. */
  static Node ofLongName(String path, Cgroup group, String name, int mostNameBytes) {
    return new Node(path, group, null, name, null, mostNameBytes);
  }

  /** What leads to a free name in a folder of {@code sim.*} files, where nobody can make files. */
  static Node inFolder(String path, Cgroup group, VisibleFile folder) {
    return new Node(path, group, null, null, folder, 0);
  }

  /** What leads through something that is not there. */
  static Node nowhere(String path) {
    return new Node(path, null, null, null, null, 0);
  }

  /** Whether the path leads to a group. */
  public boolean isDirectory() {
    return group != null && file == null && freeName == null && folder == null;
  }

  /**
   * Returns this node if it can be listed, that is, if it is a group or a folder of {@code sim.*}
   * files.
   *
   * @throws ErrnoException ENOENT if there is nothing, ENOTDIR for a control file
   */
  public Node requireListable() throws ErrnoException {
    requireExists();
    if (file != null && !file.isFolder()) {
      throw new ErrnoException(
          Errno.ENOTDIR, path + " is a control file: read it, or list a group");
    }
    return this;
  }

  /**
   * The group that the path leads to.
   *
   * @throws ErrnoException ENOENT if there is nothing, ENOTDIR for a control file, EPERM for a
   *     folder of {@code sim.*} files
   */
  public Cgroup requireDirectory() throws ErrnoException {
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

  /**
   * The control file that the path leads to.
   *
   * @throws ErrnoException ENOENT if there is nothing, EISDIR for a group or a folder
   */
  public VisibleFile requireControlFile() throws ErrnoException {
    requireExists();
    if (file == null || file.isFolder()) {
      throw new ErrnoException(Errno.EISDIR, path + " is a directory: open one of its files");
    }
    return file;
  }

  /**
   * Returns this node if it exists.
   *
   * @throws ErrnoException ENOENT if there is nothing, ENAMETOOLONG if the name is too long to
   *     exist
   */
  public Node requireExists() throws ErrnoException {
    requireShortName();
    if (group == null || freeName != null || folder != null) {
      throw new ErrnoException(
          Errno.ENOENT, "there is no %s: ls shows what there is".formatted(path));
    }
    return this;
  }

  /**
   * The name that the path leads to, which must be free.
   *
   * @throws ErrnoException EEXIST if it is in use, ENOENT if its directory does not exist,
   *     ENAMETOOLONG if it is too long, EPERM in a folder of {@code sim.*} files
   */
  public String requireAbsent() throws ErrnoException {
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

  /**
   * The group that the path leads to, or the group that has the file or the free name.
   *
   * @throws ErrnoException ENOENT if a directory on the way does not exist
   */
  public Cgroup groupOrThrow() throws ErrnoException {
    if (group == null) {
      throw new ErrnoException(
          Errno.ENOENT, "there is no %s: ls shows what there is".formatted(path));
    }
    return group;
  }
}
