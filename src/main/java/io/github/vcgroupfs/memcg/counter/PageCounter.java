package io.github.vcgroupfs.memcg.counter;

import io.github.vcgroupfs.kernel.CounterEra;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical memory counter with a limit: the kernel's {@code page_counter}, and its
 * predecessor {@code res_counter}. It counts in the unit of its {@link CounterEra}, unsigned.
 *
 * <p>{@link #tryCharge} may refuse and tells which ancestor did; {@link #charge} never refuses;
 * {@link #uncharge} gives back. All three reach up to the top, a deep counter in batches ({@link
 * Stocks}).
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
public final class PageCounter extends Level {
  private final @Nullable PageCounter parent;
  private final PageCounter top;
  private final int depth;

  /** Our own, if charges upwards are batched; and of the top those of all counters below it. */
  private @Nullable Stock stock;

  private volatile @Nullable Stocks stocks;

  /** How many counters below keep a stock. Changed under the lock of {@link Stocks}. */
  private volatile int stocksBelow;

  /** Set while this counter and another share one limit. Written under the hierarchy's lock. */
  private volatile @Nullable JointLimit joint;

  /** Told after every change of usage that stays; null while nobody asked. Written volatile. */
  private volatile @Nullable UsageListener usageListener;

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
    super(era, countsFailures, listener);
    this.parent = parent;
    this.top = parent == null ? this : parent.top;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** Charges upwards are batched, if there are many levels. Preconditions: before any charge. */
  public void batchIfDeep() {
    if (depth >= Stocks.LEAST_DEPTH) {
      Stocks all = top.stocks;
      top.stocks = all == null ? new Stocks() : all;
      stock = new Stock(this, top.stocks);
    }
  }

  /** The group is gone: its batches, too. */
  public void retire() {
    if (stock != null) {
      stock.retire();
    }
  }

  /** A fresh counter that counts its refusals. */
  public PageCounter(CounterEra era, @Nullable PageCounter parent, ModelListener listener) {
    this(era, parent, true, listener);
  }

  /** What is charged, in units. */
  public long usage() {
    Stocks all = top.stocks;
    return all == null ? rawUsage() : all.usageOf(this);
  }

  int stocksBelow() {
    return stocksBelow;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: the lock of Stocks
  void addStocksBelow(int more) {
    stocksBelow += more;
  }

  int depth() {
    return depth;
  }

  /** Sets the watermark to what is held now: {@code page_counter_reset_watermark}. */
  public void resetWatermark() {
    Stocks all = joint == null ? top.stocks : null;
    if (all == null) {
      records.setWatermark(held());
    } else {
      all.resetWatermark(this);
    }
  }

  /** A level here or above was taken over its limit: no stock may be used below it. */
  void drainWhereOver() {
    Stocks all = top.stocks;
    if (all != null) {
      all.drainWhereOver(this);
    }
  }

  /** The counter above, if charges go on to one. */
  public @Nullable PageCounter parent() {
    return parent;
  }

  /**
   * Charges that many pages here and on every level above, or nowhere: the door for everything that
   * may be refused.
   *
   * <p>Ordering: the levels are charged from here upwards, each by one compare-and-set; whoever
   * sees a level charged sees all below it charged. If a level refuses, those below it are taken
   * back, and others may see them charged for a moment. Watchers are told at the end.
   *
   * <p>Nothing is lost: usage is exact however many threads charge. Watermarks below the level that
   * refused stay where they were raised to.
   *
   * @return the counter whose limit refused, its failcnt raised by one; or null: charged
   */
  public @Nullable PageCounter tryCharge(long nrPages) {
    long units = era.ofPages(nrPages);
    if (stock != null) {
      return stock.tryCharge(units);
    }
    boolean watched = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      PageCounter refused = level.tryAdd(units);
      if (refused != null) {
        Stocks.cancelUpTo(this, level, units);
        return refused;
      }
      watched |= level.usageListener != null;
    }
    if (watched) {
      usageChanged();
    }
    return null;
  }

  /**
   * Charges that many pages here and on every level above, whatever the limits: the door for what
   * has been allocated already. No failcnt moves; {@link NofailCharge} is the same with failures.
   *
   * <p>Ordering: from here upwards, each level by one atomic addition. Stocks below a level that is
   * over its limit now are taken back, then watchers are told. Nothing is lost.
   */
  public void charge(long nrPages) {
    long units = era.ofPages(nrPages);
    boolean watched = false;
    boolean over = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      long now = level.addRegardless(units);
      level.reached(now);
      watched |= level.usageListener != null;
      over |= above(now, level.max);
    }
    if (over) {
      drainWhereOver();
    }
    if (watched) {
      usageChanged();
    }
  }

  /**
   * Gives back that many pages here and on every level above.
   *
   * <p>Ordering: from here upwards, each level by one compare-and-set; watchers are told at the
   * end. A level that holds less than is given back stands at 0 then, and the listener is told.
   */
  public void uncharge(long nrPages) {
    long units = era.ofPages(nrPages);
    if (stock != null) {
      stock.uncharge(units);
      return;
    }
    boolean watched = false;
    for (PageCounter level = this; level != null; level = level.parent) {
      level.cancel(units);
      watched |= level.usageListener != null;
    }
    if (watched) {
      usageChanged();
    }
  }

  /**
   * Tells whoever watches a level, of every level: {@code memcg_check_events}, after the charge.
   */
  void usageChanged() {
    for (PageCounter level = this; level != null; level = level.parent) {
      level.tellUsageChanged();
    }
  }

  /** Tells whoever watches this level. */
  public void tellUsageChanged() {
    UsageListener watching = usageListener;
    if (watching != null) {
      watching.usageChanged();
    }
  }

  /**
   * Who is told of changes from now on; null ends that.
   *
   * <p>Preconditions: no counter below is batched, for that tells nobody.
   */
  public void watchedBy(@Nullable UsageListener watching) {
    if (top.stocks != null) {
      throw new IllegalStateException("counters of a tree with batches are not watched");
    }
    usageListener = watching;
  }

  /**
   * Sets the limit, unless more is held against it than it allows.
   *
   * <p>Preconditions: the hierarchy's lock is held.
   *
   * @param units the new limit
   * @return whether it was set; if not, nothing changed
   */
  public boolean trySetMax(long units) {
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
  public long held() {
    JointLimit shared = joint;
    return shared == null ? usage() : shared.heldAgainst(this);
  }

  /** Whether user and kernel memory share a limit. */
  public boolean isJoint() {
    return joint != null;
  }

  /** Shares a limit with another counter from now on; null ends that. */
  void shareLimit(@Nullable JointLimit limit) {
    joint = limit;
  }

  /**
   * Adds on this level alone, if its limit or the joint limit allows; a refusal is counted.
   *
   * <p>Ordering and what may be seen for a moment: {@link Level#addWithinLimit}, {@link
   * JointLimit#tryAdd}. A refusal is exact: stocks below this level are taken back before it.
   *
   * @return the counter that refused, its failcnt raised by one; or null: added
   */
  @Nullable PageCounter tryAdd(long units) {
    JointLimit shared = joint;
    if (shared != null) {
      return shared.tryAdd(this, units);
    }
    Stocks all = top.stocks;
    if (all == null ? addWithinLimit(units) : all.addWithinLimit(this, units)) {
      return null;
    }
    records.countFailure();
    return this;
  }

  /** Raises the watermark after an addition that asked for no limit. */
  void reached(long now) {
    JointLimit shared = joint;
    if (shared != null) {
      shared.reached(this, now);
    } else {
      records.raiseWatermark(now);
    }
  }

  /** Whether one unsigned number of units is above another. */
  public static boolean above(long units, long limit) {
    return Long.compareUnsigned(units, limit) > 0;
  }
}
