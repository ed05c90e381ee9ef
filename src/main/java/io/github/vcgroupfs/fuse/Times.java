package io.github.vcgroupfs.fuse;

import ru.serce.jnrfuse.struct.Timespec;

/** Times as utimensat(2) has them. Has no state. */
final class Times {
  private static final int UTIME_NOW = 0x3fffffff;
  private static final int UTIME_OMIT = 0x3ffffffe;

  private Times() {}

  /** The time that is meant, in nanoseconds since the epoch: now, the old one, or the one named. */
  static long chosen(Timespec time, long nowNs, long oldNs) {
    return switch (time.tv_nsec.intValue()) {
      case UTIME_NOW -> nowNs;
      case UTIME_OMIT -> oldNs;
      default -> time.tv_sec.longValue() * 1_000_000_000L + time.tv_nsec.longValue();
    };
  }
}
