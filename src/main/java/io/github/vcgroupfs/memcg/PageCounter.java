package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.CounterEra;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical memory counter with a limit: the kernel's {@code page_counter}, and its
 * predecessor {@code res_counter}. It counts in the unit of its {@link CounterEra}, unsigned.
 *
 * <p>{@link #tryCharge} may refuse and tells which ancestor did; {@link #charge} never refuses;
 * {@link #uncharge} gives back. All three walk from this counter to the top.
 *
 * <p><b>Concurrency:</b> lock-free, from any thread. Pairs: {@code usage} is changed by
 * compare-and-set and read volatile; {@code max} is written volatile by {@link #trySetMax}, which
 * reads {@code usage} after it; a charge reads {@code max} again after it changed {@code usage}. So
 * of a charge and a lowered limit that race, at least one sees the other and gives way, and no
 * charge that succeeded leaves usage above a limit that was accepted (one that gives way may be
 * seen for a moment).
 *
 * <p><b>Tolerated inexactness</b> (register: {@code concurrency.md}): a level may refuse a charge
 * for memory that another thread has charged here and is about to take back because a higher level
 * refused it ({@code page_counter_try_charge} says the same of itself). Levels below a refusal keep
 * the watermark they reached ({@code res_counter_charge}).
 */
public final class PageCounter {
  private static final VarHandle USAGE = field("usage");
  private static final VarHandle WATERMARK = field("watermark");
  private static final VarHandle FAILCNT = field("failcnt");

  private final CounterEra era;
  private final @Nullable PageCounter parent;
  private final ModelListener listener;
  private final boolean countsFailures;

  // All four: unsigned, in the era's unit; written by CAS or under the hierarchy's lock, read
  // volatile.
  private volatile long usage;
  private volatile long max;
  private volatile long watermark;
  private volatile long failcnt;

  /** Set while this counter and another share one limit. Written under the hierarchy's lock. */
  private volatile @Nullable JointLimit joint;

  /** Where our refusals are counted instead, for a counter without a failcnt file. */
  private volatile @Nullable PageCounter failuresCountedBy;

  /** Follows our watermark: memsw holds what memory holds, but is reset on its own. */
  private volatile @Nullable PageCounter shadow;

  /** Told after every change of usage that stays; null while nobody asked. Written volatile. */
  private volatile @Nullable Thresholds thresholds;

  /**
   * A fresh counter: nothing charged, no limit.
   *
   * @param parent the counter that every charge goes to as well, fixed for life
   * @param countsFailures whether failcnt moves: from 6.15 on only that of the memory counter does
   * @param listener told when more is uncharged than was charged
   */
  public PageCounter(
      CounterEra era,
      @Nullable PageCounter parent,
      boolean countsFailures,
      ModelListener listener) {
    this.era = era;
    this.parent = parent;
    this.countsFailures = countsFailures;
    this.listener = listener;
    this.max = era.unlimited();
  }

  /** A fresh counter that counts its refusals. */
  public PageCounter(CounterEra era, @Nullable PageCounter parent, ModelListener listener) {
    this(era, parent, true, listener);
  }

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(PageCounter.class, name, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** How this counter counts. */
  public CounterEra era() {
    return era;
  }

  /** What is charged, in units. */
  public long usage() {
    return usage;
  }

  /** The limit, in units. */
  public long max() {
    return max;
  }

  /** Whether there is a limit. */
  public boolean isLimited() {
    return max != era.unlimited();
  }

  /** The highest usage since the last reset, in units. */
  public long watermark() {
    return watermark;
  }

  /** How often this counter refused. */
  public long failcnt() {
    return failcnt;
  }

  /** The counter above, if charges go on to one. */
  public @Nullable PageCounter parent() {
    return parent;
  }

  /**
   * Charges that many pages here and on every level above, or nowhere.
   *
   * @return the counter whose limit refused, its failcnt raised by one; or null: charged
   */
  public @Nullable PageCounter tryCharge(long nrPages) {
    long units = era.ofPages(nrPages);
    boolean watched = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      PageCounter refused = level.tryAdd(units);
      if (refused != null) {
        for (PageCounter below = this; below != level; below = below.parentOrThrow()) {
          below.cancel(units);
        }
        return refused;
      }
      watched |= level.thresholds != null;
    }
    if (watched) {
      usageChanged();
    }
    return null;
  }

  /** Charges that many pages here and on every level above, whatever the limits. */
  public void charge(long nrPages) {
    long units = era.ofPages(nrPages);
    boolean watched = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      long now = (long) USAGE.getAndAdd(level, units) + units;
      level.reached(now);
      watched |= level.thresholds != null;
    }
    if (watched) {
      usageChanged();
    }
  }

  /**
   * Charges that many pages whatever the limits, and counts failures: on every level that is over
   * its limit in the res_counter era ({@code res_counter_charge_nofail}), on the first later.
   *
   * @param raisesWatermark whether a level that is over its limit records its new usage
   * @return the first counter whose limit is passed, or null
   */
  @Nullable PageCounter chargeNofail(long nrPages, boolean raisesWatermark) {
    if (era == CounterEra.PAGE_COUNTER) {
      PageCounter refused = tryCharge(nrPages);
      if (refused != null) {
        charge(nrPages);
      }
      return refused;
    }
    long units = era.ofPages(nrPages);
    PageCounter first = null;
    for (PageCounter level = this; level != null; level = level.parent) {
      long now = (long) USAGE.getAndAdd(level, units) + units;
      boolean over = above(now, level.max);
      if (over) {
        level.countFailure();
        first = first == null ? level : first;
      }
      if (!over || raisesWatermark) {
        level.reached(now);
      }
    }
    usageChanged();
    return first;
  }

  /** Gives back that many pages here and on every level above. */
  public void uncharge(long nrPages) {
    long units = era.ofPages(nrPages);
    boolean watched = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      level.cancel(units);
      watched |= level.thresholds != null;
    }
    if (watched) {
      usageChanged();
    }
  }

  /**
   * Tells the thresholds of every level: {@code memcg_check_events}, after the charge, not amid.
   */
  private void usageChanged() {
    for (PageCounter level = this; level != null; level = level.parent) {
      level.tellThresholds();
    }
  }

  /** Tells the thresholds of this level. */
  void tellThresholds() {
    Thresholds watching = thresholds;
    if (watching != null) {
      watching.usageChanged();
    }
  }

  /** Who is told of changes from now on; null ends that. */
  void watchedBy(@Nullable Thresholds watching) {
    thresholds = watching;
  }

  /**
   * Sets the limit, unless more is held against it than it allows.
   *
   * <p>Preconditions: the hierarchy's lock is held.
   *
   * @param units the new limit
   * @return whether it was set; if not, nothing changed
   */
  boolean trySetMax(long units) {
    long old = max;
    if (above(held(), units)) {
      return false;
    }
    max = units;
    // A charge may have slipped in between the check and the store: it then still saw the old
    // limit.
    if (above(held(), units)) {
      max = old;
      return false;
    }
    return true;
  }

  /**
   * What stands against this counter's limit: its usage, that of both counters of a joint limit, or
   * nothing if another counter's limit holds it.
   */
  long held() {
    JointLimit shared = joint;
    return shared == null ? usage : shared.heldAgainst(this);
  }

  /** Sets failcnt to 0. */
  void resetFailcnt() {
    failcnt = 0;
  }

  /** Sets the watermark to what is held now: {@code page_counter_reset_watermark}. */
  void resetWatermark() {
    setWatermark(held());
  }

  /** Sets the watermark. */
  void setWatermark(long units) {
    watermark = units;
  }

  /** That counter counts our refusals. Preconditions: called before the first charge. */
  void failuresCountedBy(PageCounter other) {
    failuresCountedBy = other;
  }

  /** The watermark of that counter follows ours. Preconditions: called before the first charge. */
  void shadowedBy(PageCounter other) {
    shadow = other;
  }

  /** Whether user and kernel memory share a limit. */
  boolean isJoint() {
    return joint != null;
  }

  /** Shares a limit with another counter from now on; null ends that. */
  void shareLimit(@Nullable JointLimit limit) {
    joint = limit;
  }

  /** One refusal more. */
  void countFailure() {
    PageCounter other = failuresCountedBy;
    if (other != null) {
      other.countFailure();
    } else if (countsFailures) {
      FAILCNT.getAndAdd(this, 1L);
    }
  }

  /** Adds without looking at a limit; false if 64 bits do not hold the sum. Watermark untouched. */
  boolean addUnlessOverflow(long units) {
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

  /** Takes back on this level alone; clamps at 0 and reports if more is taken than was there. */
  void cancel(long units) {
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

  /** Raises the watermark, and that of the counter that follows ours. */
  void raiseWatermark(long units) {
    long seen = watermark;
    while (Long.compareUnsigned(units, seen) > 0) {
      long witness = (long) WATERMARK.compareAndExchange(this, seen, units);
      if (witness == seen) {
        break;
      }
      seen = witness;
    }
    PageCounter follower = shadow;
    if (follower != null) {
      follower.raiseWatermark(units);
    }
  }

  private @Nullable PageCounter tryAdd(long units) {
    JointLimit shared = joint;
    if (shared != null) {
      return shared.tryAdd(this, units);
    }
    while (true) {
      long now = usage;
      long limit = max;
      long next = now + units;
      if (Long.compareUnsigned(next, now) < 0 || above(next, limit)) {
        countFailure();
        return this;
      }
      if (USAGE.compareAndSet(this, now, next)) {
        if (max != limit && above(next, max)) { // the limit was lowered meanwhile
          cancel(units);
          countFailure();
          return this;
        }
        raiseWatermark(next);
        return null;
      }
    }
  }

  private void reached(long now) {
    JointLimit shared = joint;
    if (shared != null) {
      shared.reached(this, now);
    } else {
      raiseWatermark(now);
    }
  }

  private PageCounter parentOrThrow() {
    PageCounter above = parent;
    if (above == null) {
      throw new IllegalStateException("walked past the top counter");
    }
    return above;
  }

  static boolean above(long units, long limit) {
    return Long.compareUnsigned(units, limit) > 0;
  }
}
