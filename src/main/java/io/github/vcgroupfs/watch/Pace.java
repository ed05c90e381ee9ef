package io.github.vcgroupfs.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often one looks: as often as is wanted, but looking takes at most a twentieth of the time.
 * Not thread-safe.
 *
 * <p>What a look takes is the least that any of the last few took. More than that was waiting, for
 * a machine that was busy, or for classes that the first look loads; to look less often would not
 * have made it less.
 */
final class Pace {
  private static final int SHARE = 20;
  private static final int FEW = 4;

  private final long wantedNs;
  private final Deque<Long> lastNs = new ArrayDeque<>(FEW);

  Pace(Duration wanted) {
    this.wantedNs = wanted.toNanos();
  }

  /** A look took that long. */
  void took(long ns) {
    if (lastNs.size() == FEW) {
      lastNs.remove();
    }
    lastNs.add(ns);
  }

  /** From the beginning of a look to that of the next, nanoseconds. */
  long intervalNs() {
    long leastNs = lastNs.stream().mapToLong(Long::longValue).min().orElse(0);
    return Math.max(wantedNs, lastNs.size() == 1 ? 0 : leastNs * SHARE);
  }
}
