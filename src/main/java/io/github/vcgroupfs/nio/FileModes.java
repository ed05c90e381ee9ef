package io.github.vcgroupfs.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permission bits as the JDK names them. Has no state. */
final class FileModes {
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

  private static int bit(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 0040;
      case GROUP_WRITE -> 0020;
      case GROUP_EXECUTE -> 0010;
      case OTHERS_READ -> 0004;
      case OTHERS_WRITE -> 0002;
      case OTHERS_EXECUTE -> 0001;
    };
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
