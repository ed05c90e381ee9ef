package io.github.vcgroupfs.memcg.counter;

import io.github.vcgroupfs.kernel.CounterEra;
import org.jspecify.annotations.Nullable;

/**
 * A memory counter with a limit and, usually, a parent that counts the same memory. It is the
 * kernel's {@code page_counter}, and its predecessor {@code res_counter}. It counts in the unit of
 * its {@link CounterEra}, bytes or pages, as an unsigned number.
 *
 * <p>{@link #tryCharge} may refuse, and says which counter refused. {@link #charge} never refuses.
 * {@link #uncharge} gives back. All three act on this counter and on all counters above it. A
 * counter far below the top charges its parents in batches ({@link Stocks}).
 *
 * <p><b>Concurrency:</b> lock-free, from any thread. {@code usage} is changed by compare-and-set
 * and read volatile. {@link #trySetMax} writes {@code max} volatile, and reads {@code usage} after
 * that. A charge changes {@code usage}, and reads {@code max} again after that. So if a charge and
 * a lowered limit meet, at least one of them sees the other and gives way. No charge that succeeded
 * leaves usage above a limit that was accepted. A charge that gives way may be seen for a moment.
 *
 * <p><b>Tolerated inexactness</b> (listed in {@code concurrency.md}): a level may refuse a charge
 * because of memory that another thread has charged here and is about to take back, since a higher
 * level refused it. {@code page_counter_try_charge} says the same of itself. Levels below a refusal
 * keep the watermark that they reached ({@code res_counter_charge}).
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
   * A new counter: nothing is charged, and there is no limit.
   *
   * @param parent the counter that every charge counts in as well, or null; it never changes
   * @param countsFailures whether failcnt moves: from 6.15 on only that of the memory counter does
   * @param listener called when more is uncharged than was charged
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

  /**
   * Turns batches on if there are many levels above this counter. Preconditions: nothing was
   * charged yet.
   */
  public void batchIfDeep() {
    if (depth >= Stocks.LEAST_DEPTH) {
      Stocks all = top.stocks;
      top.stocks = all == null ? new Stocks() : all;
      stock = new Stock(this, top.stocks);
    }
  }

  /** The group was removed: gives back what this counter has charged in advance. */
  public void retire() {
    if (stock != null) {
      stock.retire();
    }
  }

  /** A new counter that counts its refusals: nothing is charged, and there is no limit. */
  public PageCounter(CounterEra era, @Nullable PageCounter parent, ModelListener listener) {
    this(era, parent, true, listener);
  }

  /** How much is charged now, in units. */
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

  /** The counter above, which every charge counts in as well; null at the top. */
  public @Nullable PageCounter parent() {
    return parent;
  }

  /**
   * Charges pages here and on every level above, or nowhere. This is the method for memory that may
   * be refused.
   *
   * <p>Ordering: the levels are charged from here upwards, each by one compare-and-set. Whoever
   * sees a level charged sees all levels below it charged. If a level refuses, the levels below it
   * are taken back; other threads may see them charged for a moment. Watchers are called at the
   * end.
   *
   * <p>Nothing is lost: usage is exact however many threads charge. Watermarks below the level that
   * refused keep the height that they reached.
   *
   * @param nrPages how many pages
   * @return the counter whose limit refused, its failcnt raised by one; null if the charge
   *     succeeded
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
   * Charges pages here and on every level above, whatever the limits are. This is the method for
   * memory that is in use already. No failcnt changes; {@link NofailCharge} does the same and
   * counts failures.
   *
   * <p>Ordering: from here upwards, each level by one atomic addition. If a level is over its limit
   * now, what was charged in advance below it is taken back. Then watchers are called. Nothing is
   * lost.
   *
   * @param nrPages how many pages
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
   * Gives back pages here and on every level above.
   *
   * <p>Ordering: from here upwards, each level by one compare-and-set. Watchers are called at the
   * end. A level that holds less than is given back becomes 0, and the {@link ModelListener} is
   * called.
   *
   * @param nrPages how many pages
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

  /** Calls whoever watches this level. */
  public void tellUsageChanged() {
    UsageListener watching = usageListener;
    if (watching != null) {
      watching.usageChanged();
    }
  }

  /**
   * Sets who is called after changes of usage from now on; null means nobody.
   *
   * <p>Preconditions: no counter below charges in batches, because batches do not call watchers.
   *
   * @throws IllegalStateException if one does
   */
  public void watchedBy(@Nullable UsageListener watching) {
    if (top.stocks != null) {
      throw new IllegalStateException("counters of a tree with batches are not watched");
    }
    usageListener = watching;
  }

  /**
   * Sets the limit, unless more is held than it allows.
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
   * What counts against this counter's limit, in units. Usually that is its usage. Under a joint
   * limit it is the usage of both counters, or 0 if the other counter's limit is the one that
   * holds.
   */
  public long held() {
    JointLimit shared = joint;
    return shared == null ? usage() : shared.heldAgainst(this);
  }

  /** Whether user and kernel memory share one limit. */
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

  /** Whether one number of units is greater than another, both unsigned. */
  public static boolean above(long units, long limit) {
    return Long.compareUnsigned(units, limit) > 0;
  }
}
