package io.github.vcgroupfs.memcg.counter;

import io.github.vcgroupfs.kernel.CounterEra;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One counter by itself, without those above it: a number, a limit, and what it remembers. {@link
 * PageCounter} is such a level that also knows its parent.
 *
 * <p>There are three ways to add, and their names say what they ask first:
 *
 * <pre>
 * addWithinLimit      the limit: adds, or changes nothing
 * addUnlessOverflow   whether 64 bits hold the sum, and no limit
 * addRegardless       nothing
 * </pre>
 *
 * <p>Numbers are in the unit of the era, unsigned. Any thread may call any method. What is said
 * about ordering: a volatile read or write, and a compare-and-set that succeeded, all stand in one
 * order that every thread sees. No addition and no subtraction is ever lost.
 */
abstract class Level {
  private static final VarHandle USAGE = LongField.of(MethodHandles.lookup(), "usage");

  final CounterEra era;
  final Records records;

  /** The limit. Written under the lock of who changes limits. */
  volatile long max;

  private final ModelListener listener;

  /** Changed by compare-and-set or by an atomic addition, and in no other way. */
  private volatile long usage;

  /** Nothing is charged, and there is no limit. */
  Level(CounterEra era, boolean countsFailures, ModelListener listener) {
    this.era = era;
    this.records = new Records(countsFailures);
    this.listener = listener;
    this.max = era.unlimited();
  }

  /** How this counter counts. */
  public final CounterEra era() {
    return era;
  }

  /** The limit, in units. A volatile read. */
  public final long max() {
    return max;
  }

  /** Whether there is a limit. */
  public final boolean isLimited() {
    return max != era.unlimited();
  }

  /** The highest usage since the last reset, in units. */
  public final long watermark() {
    return records.watermark();
  }

  /** How often this counter refused. */
  public final long failcnt() {
    return records.failcnt();
  }

  /** What this counter remembers. */
  public final Records records() {
    return records;
  }

  /** Takes over a watermark that was recorded elsewhere, in units. */
  public final void restoreWatermark(long units) {
    records.setWatermark(units);
  }

  /** Takes over a failcnt that was recorded elsewhere. */
  public final void restoreFailcnt(long count) {
    records.setFailcnt(count);
  }

  /** What is charged, stocks of counters below included. A volatile read. */
  final long rawUsage() {
    return usage;
  }

  /**
   * Adds if the limit allows, and raises the watermark. A refusal is not counted.
   *
   * <p>Ordering: a compare-and-set of usage, then a second read of the limit. If the limit was
   * lowered in between, what was added is taken back; others may see it for a moment.
   *
   * @return whether it was added; if not, usage and watermark are as they were
   */
  final boolean addWithinLimit(long units) {
    while (true) {
      long now = usage;
      long limit = max;
      long next = now + units;
      if (Long.compareUnsigned(next, now) < 0 || Long.compareUnsigned(next, limit) > 0) {
        return false;
      }
      if (USAGE.compareAndSet(this, now, next)) {
        if (max != limit
            && Long.compareUnsigned(next, max) > 0) { // the limit was lowered meanwhile
          cancel(units);
          return false;
        }
        records.raiseWatermark(next);
        return true;
      }
    }
  }

  /**
   * Adds without a look at the limit, for a caller who compares afterwards. Leaves the watermark
   * alone.
   *
   * <p>Ordering: one compare-and-set of usage. What the caller reads after it, it reads later than
   * others can see the addition.
   *
   * @return whether it was added; if not, 64 bits do not hold the sum, and nothing changed
   */
  final boolean addUnlessOverflow(long units) {
    while (true) {
      long now = usage;
      if (Long.compareUnsigned(now + units, now) < 0) {
        return false;
      }
      if (USAGE.compareAndSet(this, now, now + units)) {
        return true;
      }
    }
  }

  /**
   * Adds whatever the limit, and even if the sum does not fit 64 bits. Leaves the watermark alone.
   *
   * <p>Ordering: one atomic addition to usage.
   *
   * @return the usage right after it, stocks of counters below included
   */
  final long addRegardless(long units) {
    return (long) USAGE.getAndAdd(this, units) + units;
  }

  /**
   * Takes back on this level alone: {@code page_counter_cancel}. If that is more than there was,
   * usage is 0 then, and the listener is told.
   *
   * <p>Ordering: one compare-and-set of usage, then the listener.
   */
  public final void cancel(long units) {
    while (true) {
      long now = usage;
      boolean enough = Long.compareUnsigned(now, units) >= 0;
      if (USAGE.compareAndSet(this, now, enough ? now - units : 0)) {
        if (!enough) {
          listener.moreUnchargedThanCharged(units - now);
        }
        return;
      }
    }
  }
}
