package io.github.vcgroupfs.nio;

/** Where JDKs differ among themselves on the same files: we do as the one that runs. */
final class Jdk {
  private static final boolean IS_17 = Runtime.version().feature() < 18;

  /** JDK 17 says "Not a directory" for a name below a file, JDK 25 that there is no such file. */
  static final boolean NAME_BELOW_FILE_IS_ABSENT = !IS_17;

  /** JDK 25 does not take away a {@code ..} behind a {@code ..} that had to stay. */
  static final boolean KEEPS_DOTS_AFTER_DOTS = !IS_17;

  /** JDK 17 transfers nothing from a file of size 0. */
  static final boolean TRANSFERS_BY_SIZE = IS_17;

  /** JDK 25 looks whether a file can be read before it copies, and a directory be written. */
  static final boolean ASKS_ACCESS_BEFORE_COPY = !IS_17;

  /** JDK 25 names the copy option that it does not know. */
  static final boolean NAMES_COPY_OPTION = !IS_17;

  /** JDK 17 has two words without a blank between them in one message. */
  static final boolean FORGETS_A_BLANK = IS_17;

  /** In JDK 25 a lock of size 0 goes to the end of everything. */
  static final boolean SIZE_0_LOCKS_ALL = !IS_17;

  /** JDK 17 cuts the times of an entry of an open directory to microseconds. */
  static final boolean ENTRY_TIMES_IN_MICROSECONDS = IS_17;

  private Jdk() {}
}
