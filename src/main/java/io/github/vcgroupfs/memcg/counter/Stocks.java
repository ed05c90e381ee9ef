package io.github.vcgroupfs.memcg.counter;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets deep counters charge upwards in batches, as the kernel's per-CPU stocks do ({@code
 * mm/memcontrol.c consume_stock}). A counter far below the top keeps some memory that is charged to
 * all levels above and that it does not use yet. So most charges touch one level only.
 *
 * <p>Usage, limits and failcnt stay exact. Whoever reads the usage of a level, or would refuse a
 * charge there, first takes back the stocks below it; then the level's own number is what is
 * charged. Only a watermark may be higher, by the stocks that were below it (listed in {@code
 * concurrency.md}).
 *
 * <p><b>Concurrency:</b> one object for all counters that have a top in common. Using a stock takes
 * no lock. Filling one changes many levels: several threads may (the shared side of the lock), but
 * not while a usage is read or stocks are taken back (the exclusive side). A stock joins and leaves
 * under the exclusive side, so who sees no stock below a level, and an optimistic stamp that stays
 * valid, has read the level's usage exactly. It joins with its first batch, for which every level
 * above had room: above a stock that has joined no level is over its limit, but by a forced charge
 * that has not returned.
 *
 * <p>Pairs: a thread that keeps units adds them and then reads {@code joined}; who takes back
 * clears {@code joined} and then takes the units. So no units stay in a stock that has not joined,
 * except those of an uncharge that has not returned.
 */
final class Stocks {
  /** Counters with fewer levels above walk them: that is cheap, and exact in every respect. */
  static final int LEAST_DEPTH = 8;

  /** MEMCG_CHARGE_BATCH: pages. */
  static final long BATCH_PAGES = 64;

  private final StampedLock lock = new StampedLock();

  /** The stocks that joined. Changed under the exclusive lock. */
  private final Set<Stock> holders = ConcurrentHashMap.newKeySet();

  /**
   * A charge whatever the limits took a level above its own: no stock may be used below it, for
   * every charge there must be refused. None joins until the level is within its limit again.
   */
  void drainWhereOver(PageCounter counter) {
    for (PageCounter level = counter; level != null; level = level.parent()) {
      if (isOver(level) && level.stocksBelow() > 0) {
        drainBelow(level);
      }
    }
  }

  /** The usage of a counter without the stocks below it, in units. */
  long usageOf(PageCounter counter) {
    long seen = lock.tryOptimisticRead();
    if (seen != 0 && counter.stocksBelow() == 0) {
      long units = counter.rawUsage();
      if (lock.validate(seen)) {
        return units;
      }
    }
    long stamp = lock.writeLock();
    try {
      drain(counter);
      return counter.rawUsage();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * Adds at a level if its limit allows; before it refuses, the stocks below are taken back. A
   * refusal is not counted.
   *
   * <p>Ordering: {@link Level#addWithinLimit}. The answer "no" was true at one moment between call
   * and return, at which no stock was kept below.
   */
  boolean addWithinLimit(PageCounter level, long units) {
    if (level.addWithinLimit(units)) {
      return true;
    }
    long seen = lock.tryOptimisticRead();
    boolean exact = seen != 0 && level.stocksBelow() == 0;
    if (level.addWithinLimit(units)) {
      return true;
    }
    if (exact && lock.validate(seen)) {
      return false;
    }
    long stamp = lock.writeLock();
    try {
      drain(level);
      return level.addWithinLimit(units);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Sets a level's watermark to its usage; a stock below that is used later must raise it. */
  void resetWatermark(PageCounter level) {
    long stamp = lock.writeLock();
    try {
      drain(level);
      level.records().setWatermark(level.rawUsage());
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void drainBelow(PageCounter level) {
    long stamp = lock.writeLock();
    try {
      drain(level);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void drain(PageCounter level) {
    if (level.stocksBelow() == 0) {
      return;
    }
    Iterator<Stock> each = holders.iterator();
    while (each.hasNext()) {
      Stock stock = each.next();
      if (isBelow(stock.counter(), level)) {
        each.remove();
        empty(stock);
      }
    }
  }

  private static void empty(Stock stock) {
    stock.setJoined(false); // first: who keeps something now finds itself out
    stock.giveUp();
    countBelow(stock, -1);
  }

  private static void countBelow(Stock stock, int more) {
    PageCounter above = stock.counter().parent();
    for (PageCounter level = above; level != null; level = level.parent()) {
      level.addStocksBelow(more);
    }
  }

  /** A counter keeps no stock any more, for its group is gone. */
  void leave(Stock stock) {
    long stamp = lock.writeLock();
    try {
      if (holders.remove(stock)) {
        empty(stock);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * Charges every level above a counter, and a batch with it if there is room for one.
   *
   * @param stock of the counter
   * @param units charged at the counter itself already
   * @return the counter that refused, or null
   */
  @Nullable PageCounter chargeAbove(Stock stock, long units) {
    if (stock.isJoined() ? addBatch(stock, units) : joinWithBatch(stock, units)) {
      return null;
    }
    PageCounter above = stock.counter().parent();
    for (PageCounter level = above; level != null; level = level.parent()) {
      PageCounter refused = level.tryAdd(units);
      if (refused != null) {
        cancelUpTo(above, level, units);
        return refused;
      }
    }
    return null;
  }

  /** Adds what is wanted and a batch on every level above; false: no room, or it was taken back. */
  private boolean addBatch(Stock stock, long units) {
    long stamp = lock.readLock();
    try {
      return stock.isJoined() && fill(stock, units);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** The same for a stock that has to join, which it does only if every level has room. */
  private boolean joinWithBatch(Stock stock, long units) {
    long stamp = lock.writeLock();
    try {
      if (stock.isJoined() || stock.isRetired()) {
        return stock.isJoined() && fill(stock, units);
      }
      countBelow(stock, 1); // first: who takes a level over its limit now looks for stocks below
      if (!fill(stock, units)) {
        countBelow(stock, -1);
        return false;
      }
      holders.add(stock);
      stock.setJoined(true);
      return true;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private static boolean fill(Stock stock, long units) {
    long all = units + stock.batch();
    if (Long.compareUnsigned(all, units) < 0) {
      return false;
    }
    PageCounter above = stock.counter().parent();
    for (PageCounter level = above; level != null; level = level.parent()) {
      if (!level.addWithinLimit(all)) {
        cancelUpTo(above, level, all);
        return false;
      }
    }
    stock.add(stock.batch());
    return true;
  }

  /** Takes back on every level from one up to another, which is left as it is. */
  static void cancelUpTo(@Nullable PageCounter from, PageCounter end, long units) {
    for (PageCounter below = from; below != end && below != null; below = below.parent()) {
      below.cancel(units);
    }
  }

  /** Keeps what a counter no longer uses. What is more than two batches is given back. */
  void keep(Stock stock, long units) {
    if (stock.add(units) <= 2 * stock.batch() && stock.isJoined()) {
      return;
    }
    long stamp = lock.readLock();
    try {
      long more = stock.units() - stock.batch();
      if (!stock.isJoined()) {
        stock.giveUp();
      } else if (more > stock.batch() && stock.take(more)) {
        stock.cancelAbove(more);
      }
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Whether more is charged than the limit allows, stocks included. */
  private static boolean isOver(PageCounter counter) {
    return PageCounter.above(counter.rawUsage(), counter.max());
  }

  /** Whether charges of one go on to the other. */
  static boolean isBelow(PageCounter counter, PageCounter other) {
    PageCounter level = counter;
    while (level != null && level.depth() > other.depth()) {
      level = level.parent();
    }
    return level == other && counter != other;
  }
}
