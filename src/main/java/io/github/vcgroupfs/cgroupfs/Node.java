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
 */
record Node(
    String path, @Nullable MemCgroup group, @Nullable VisibleFile file, @Nullable String freeName) {

  /** Whether it leads to a group. */
  boolean isDirectory() {
    return group != null && file == null && freeName == null;
  }

  /** A directory. */
  MemCgroup requireDirectory() throws ErrnoException {
    requireExists();
    if (file != null) {
      throw new ErrnoException(Errno.ENOTDIR, path + " is a control file");
    }
    return groupOrThrow();
  }

  /** A control file. */
  VisibleFile requireControlFile() throws ErrnoException {
    requireExists();
    if (file == null) {
      throw new ErrnoException(Errno.EISDIR, path + " is a group");
    }
    return file;
  }

  /** Either. */
  Node requireExists() throws ErrnoException {
    if (group == null || freeName != null) {
      throw new ErrnoException(Errno.ENOENT, "there is no " + path);
    }
    return this;
  }

  /** A name that is free; returns it. */
  String requireAbsent() throws ErrnoException {
    if (freeName == null) {
      if (group == null) {
        throw new ErrnoException(Errno.ENOENT, "there is no directory for " + path);
      }
      throw new ErrnoException(Errno.EEXIST, path + " exists");
    }
    return freeName;
  }

  /** The group of any node that has one. */
  MemCgroup groupOrThrow() throws ErrnoException {
    if (group == null) {
      throw new ErrnoException(Errno.ENOENT, "there is no " + path);
    }
    return group;
  }
}
