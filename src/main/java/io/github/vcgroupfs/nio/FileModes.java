package io.github.vcgroupfs.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permission bits as the JDK names them. Has no state. */
final class FileModes {
  private static final int HIGHEST = 0400;

  private FileModes() {}

  /** The permissions in a mode. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : PosixFilePermission.values()) {
      if ((mode & bit(each)) != 0) {
        permissions.add(each);
      }
    }
    return permissions;
  }

  /** The mode with these permissions. */
  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : permissions) {
      mode |= bit(each);
    }
    return mode;
  }

  /** The constants stand in the order of the bits, from the owner's read on. */
  private static int bit(PosixFilePermission permission) {
    return HIGHEST >> permission.ordinal();
  }

  /**
   * The mode that a file is to be made with.
   *
   * @throws UnsupportedOperationException for attributes that are no permissions
   */
  static int initial(int byDefault, FileAttribute<?>... attributes) {
    int mode = byDefault;
    for (FileAttribute<?> each : attributes) {
      if (!each.name().equals("posix:permissions") && !each.name().equals("unix:permissions")) {
        throw new UnsupportedOperationException(
            "'" + each.name() + "' not supported as initial attribute");
      }
      @SuppressWarnings("unchecked") // what the name promises
      Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) each.value();
      mode = mode(permissions);
    }
    return mode;
  }
}
