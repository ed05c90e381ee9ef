package io.github.vcgroupfs.memcg.counter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a counter remembers: its highest usage and how often it refused. In the unit of its era,
 * unsigned. Any thread.
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

  /** From now on refusals are counted from 0 again. One that is being counted may be lost. */
  public void resetFailcnt() {
    failcnt = 0;
  }

  void setFailcnt(long count) {
    failcnt = count;
  }

  /**
   * Whatever it was: the highest usage is that, in units. A charge of the same moment may raise it
   * before and be lost: then it is too low until the next charge.
   */
  public void setWatermark(long units) {
    watermark = units;
  }

  /** Refusals here count there from now on. */
  public void failuresCountedBy(Records other) {
    failuresCountedBy = other;
  }

  /** What raises our watermark raises that one too from now on. */
  public void shadowedBy(Records other) {
    shadow = other;
  }

  /** One refusal more, by one atomic addition: none is lost. */
  public void countFailure() {
    Records other = failuresCountedBy;
    if (other != null) {
      other.countFailure();
    } else if (countsFailures) {
      FAILCNT.getAndAdd(this, 1L);
    }
  }

  /**
   * Raises the watermark if it is lower, and that of the counter that follows ours. By
   * compare-and-set: of several that raise it the highest stays.
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
