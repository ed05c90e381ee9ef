package io.github.vcgroupfs.fuzz;

import java.util.SplittableRandom;

/** Times for utimensat(2): numbers, now, as they are, and numbers that are none. */
record Times(long aSec, long aNsec, long mSec, long mNsec) {
  private static final long NOW = 0x3fffffff;
  private static final long OMIT = 0x3ffffffe;
  private static final long[] SECONDS = {0, 1, -1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final long[] NANOSECONDS = {0, 999_999_999, NOW, OMIT, 1_000_000_000, -1};

  static Times any(SplittableRandom random) {
    return new Times(
        SECONDS[random.nextInt(SECONDS.length)],
        NANOSECONDS[random.nextInt(NANOSECONDS.length)],
        SECONDS[random.nextInt(SECONDS.length)],
        NANOSECONDS[random.nextInt(NANOSECONDS.length)]);
  }

  /** Both left as they are: nothing is asked of the file system. Both now: no owner is needed. */
  String variant() {
    if (isWrong(aNsec) || isWrong(mNsec)) {
      return "wrong";
    }
    return aNsec == OMIT && mNsec == OMIT ? "omit" : aNsec == NOW && mNsec == NOW ? "now" : "-";
  }

  private static boolean isWrong(long nanoseconds) {
    return nanoseconds != NOW
        && nanoseconds != OMIT
        && (nanoseconds < 0 || nanoseconds > 999_999_999);
  }

  long address(Arena arena) {
    return arena.longs(aSec, aNsec, mSec, mNsec);
  }
}
