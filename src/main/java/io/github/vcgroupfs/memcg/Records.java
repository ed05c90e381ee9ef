package io.github.vcgroupfs.memcg;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a counter remembers: its highest usage and how often it refused. In the unit of its era,
 * unsigned. Any thread.
 */
final class Records {
  private final boolean countsFailures;
  private final AtomicLong watermark = new AtomicLong();
  private final AtomicLong failcnt = new AtomicLong();

  /** Where refusals are counted instead, for a counter without a failcnt file. */
  private volatile @Nullable Records failuresCountedBy;

  /** Follows our watermark: memsw holds what memory holds, but is reset on its own. */
  private volatile @Nullable Records shadow;

  /**
   * Nothing yet.
   *
   * @param countsFailures whether failcnt moves
   */
  Records(boolean countsFailures) {
    this.countsFailures = countsFailures;
  }

  long watermark() {
    return watermark.get();
  }

  long failcnt() {
    return failcnt.get();
  }

  void resetFailcnt() {
    failcnt.set(0);
  }

  void setWatermark(long units) {
    watermark.set(units);
  }

  void failuresCountedBy(Records other) {
    failuresCountedBy = other;
  }

  void shadowedBy(Records other) {
    shadow = other;
  }

  /** One refusal more. */
  void countFailure() {
    Records other = failuresCountedBy;
    if (other != null) {
      other.countFailure();
    } else if (countsFailures) {
      failcnt.getAndIncrement();
    }
  }

  /** Raises the watermark, and that of the counter that follows ours. */
  void raiseWatermark(long units) {
    long seen = watermark.get();
    while (Long.compareUnsigned(units, seen) > 0) {
      long witness = watermark.compareAndExchange(seen, units);
      if (witness == seen) {
        break;
      }
      seen = witness;
    }
    Records follower = shadow;
    if (follower != null) {
      follower.raiseWatermark(units);
    }
  }
}
