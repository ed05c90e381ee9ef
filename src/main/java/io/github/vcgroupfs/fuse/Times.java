package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.os.NativeMemory;

/** Times as utimensat(2) has them. Has no state. */
final class Times {
  private static final int UTIME_NOW = 0x3fffffff;
  private static final int UTIME_OMIT = 0x3ffffffe;

  private Times() {}

  /**
   * The time that is meant, in nanoseconds since the epoch: now, the old one, or the one named.
   *
   * @param times an array of {@code struct timespec}
   * @param index which of them
   */
  static long chosen(NativeMemory times, int index, long nowNs, long oldNs) {
    long at = index * Layout.TIME_BYTES;
    long ns = times.getLong(at + Layout.TIME_NS);
    return switch ((int) ns) {
      case UTIME_NOW -> nowNs;
      case UTIME_OMIT -> oldNs;
      default -> times.getLong(at) * 1_000_000_000L + ns;
    };
  }
}
