package io.github.vcgroupfs.supervisor;

/**
 * How a file is opened, as far as it matters here: {@code include/uapi/asm-generic/fcntl.h}.
 * Immutable.
 *
 * @param flags {@code O_*} of the machine
 */
record OpenFlags(long flags) {
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

  private static final long O_ACCMODE = 3;
  private static final long O_CREAT = 0100;
  private static final long O_TRUNC = 01000;
  private static final long O_CLOEXEC = 02000000;
  private static final long O_PATH = 010000000;
  private static final long O_DIRECTORY = ARM ? 040000 : 0200000;
  private static final long O_NOFOLLOW = ARM ? 0100000 : 0400000;

  /** With one of these it is no plain reading of a file, and the supervisor is not asked. */
  static final long NOT_READING = O_ACCMODE | O_CREAT | O_TRUNC | O_DIRECTORY;

  /** Whether a file is opened that is there, to be read. */
  boolean isReading() {
    return isPath() ? (flags & O_DIRECTORY) == 0 : (flags & NOT_READING) == 0;
  }

  /** Whether it is only to be named. */
  boolean isPath() {
    return (flags & O_PATH) != 0;
  }

  boolean closesOnExec() {
    return (flags & O_CLOEXEC) != 0;
  }

  /** Whether a symbolic link at the end of the path is followed. */
  boolean followsLink() {
    return (flags & O_NOFOLLOW) == 0;
  }
}
