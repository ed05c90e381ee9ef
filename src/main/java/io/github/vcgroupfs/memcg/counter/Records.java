package io.github.vcgroupfs.memcg.counter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a counter remembers: its highest usage (the watermark) and how often it refused (failcnt).
 * In the unit of its era, unsigned. Any thread.
 */
public final class Records {
  private static final VarHandle WATERMARK = LongField.of(MethodHandles.lookup(), "watermark");
  private static final VarHandle FAILCNT = LongField.of(MethodHandles.lookup(), "failcnt");

  private final boolean countsFailures;
  // both written by CAS or a plain store; no AtomicLong: there are four of these a group
  private volatile long watermark;
  private volatile long failcnt;

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
    return watermark;
  }

  long failcnt() {
    return failcnt;
  }

  /** Sets failcnt to 0. A refusal that happens at the same moment may be lost. */
  public void resetFailcnt() {
    failcnt = 0;
  }

  void setFailcnt(long count) {
    failcnt = count;
  }

  /**
   * Sets the watermark, in units, even to a lower value. A charge that happens at the same moment
   * may raise it just before and be lost. Then the watermark is too low until the next charge.
   */
  public void setWatermark(long units) {
    watermark = units;
  }

  /** From now on refusals of this counter are counted by the other one. */
  public void failuresCountedBy(Records other) {
    failuresCountedBy = other;
  }

  /** From now on whatever raises this watermark raises the other one as well. */
  public void shadowedBy(Records other) {
    shadow = other;
  }

  /** Counts one refusal, by one atomic addition: none is lost. */
  public void countFailure() {
    Records other = failuresCountedBy;
    if (other != null) {
      other.countFailure();
    } else if (countsFailures) {
      FAILCNT.getAndAdd(this, 1L);
    }
  }

  /**
   * Raises the watermark, if it is lower, and that of the counter that follows this one. Done by
   * compare-and-set: if several threads raise it, the highest value stays.
   */
  public void raiseWatermark(long units) {
    long seen = watermark;
    while (Long.compareUnsigned(units, seen) > 0 && !WATERMARK.compareAndSet(this, seen, units)) {
      seen = watermark;
    }
    Records follower = shadow;
    if (follower != null) {
      follower.raiseWatermark(units);
    }
  }
}
