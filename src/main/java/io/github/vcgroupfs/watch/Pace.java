package io.github.vcgroupfs.watch;

import java.time.Duration;

/**
 * How often one looks: as often as is wanted, but looking takes at most a twentieth of the time. It
 * goes by the last looks, and forgets an exception slowly. Not thread-safe.
 */
final class Pace {
  private static final int SHARE = 20;

  /** A daemon that takes long once may have been busy: so much of the old figure stays. */
  private static final int KEPT = 3;

  private static final int OF = 4;

  private final long wantedNs;
  private long usualNs;

  Pace(Duration wanted) {
    this.wantedNs = wanted.toNanos();
  }

  /** A look took that long. */
  void took(long ns) {
    usualNs = usualNs == 0 ? ns : (usualNs * KEPT + ns) / OF;
  }

  /** From the beginning of a look to that of the next, nanoseconds. */
  long intervalNs() {
    return Math.max(wantedNs, usualNs * SHARE);
  }
}
