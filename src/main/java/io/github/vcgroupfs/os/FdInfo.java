package io.github.vcgroupfs.os;

import org.jspecify.annotations.Nullable;

/**
 * The part of {@code /proc/PID/fdinfo/N} that this program needs: what a descriptor refers to.
 * Immutable.
 *
 * @param flags the flags of open(2)
 * @param mountId the mount through which the file was opened
 * @param ino the inode number of the file; 0 if this kernel does not say (before 5.14)
 * @param eventFd whether it is an eventfd
 */
public record FdInfo(int flags, int mountId, long ino, boolean eventFd) {
  // include/uapi/asm-generic/fcntl.h, the same on all machines we know
  private static final int O_ACCMODE = 3;
  private static final int O_WRONLY = 1;
  private static final int O_PATH = 010000000;

  /** Parses the text of the file. Null if it is something else. */
  public static @Nullable FdInfo parse(String text) {
    int flags = -1;
    int mountId = -1;
    long ino = 0;
    boolean eventFd = false;
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      switch (colon < 0 ? "" : line.substring(0, colon)) {
        case "flags" -> flags = (int) Long.parseLong(value, 8);
        case "mnt_id" -> mountId = Integer.parseInt(value);
        case "ino" -> ino = Long.parseUnsignedLong(value);
        case "eventfd-count" -> eventFd = true;
        default -> {}
      }
    }
    return flags == -1 ? null : new FdInfo(flags, mountId, ino, eventFd);
  }

  /**
   * Whether it was opened with O_PATH, so that it is only a name. Most calls treat such a
   * descriptor as a bad one.
   */
  public boolean isPath() {
    return (flags & O_PATH) != 0;
  }

  /** Whether it was opened for reading. */
  public boolean isReadable() {
    return (flags & O_ACCMODE) != O_WRONLY;
  }
}
