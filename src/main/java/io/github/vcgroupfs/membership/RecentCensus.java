package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Membership;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts processes at most ten times a second: {@code stat} of a file asks for its length, and the
 * read that follows asks again. A move of a process makes it count anew. Thread-safe.
 */
final class RecentCensus {
  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LongSupplier nanoTime;
  private final AtomicInteger moves = new AtomicInteger();
  private volatile @Nullable Kept kept;

  RecentCensus(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Kept(Membership.Census census, long sinceNs) {}

  /** What was counted just now, or else counts. */
  Membership.Census get(Supplier<Membership.Census> count) {
    Kept known = kept;
    long nowNs = nanoTime.getAsLong();
    int movesBefore = moves.get();
    if (known != null && nowNs - known.sinceNs() < MAX_AGE_NANOS) {
      return known.census();
    }
    Membership.Census counted = count.get();
    kept = new Kept(counted, nowNs);
    if (moves.get() != movesBefore) {
      kept = null; // somebody was moved while we counted, and clear() may have come before us
    }
    return counted;
  }

  /** Somebody was moved. */
  void clear() {
    moves.incrementAndGet(); // first: see get
    kept = null;
  }
}
