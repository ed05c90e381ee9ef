package io.github.vcgroupfs.memcg.counter;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory that a deep counter has charged on every level above itself in advance, and does not use
 * yet: {@code struct memcg_stock_pcp}. In the unit of the counter's era. See {@link Stocks}. Any
 * thread.
 */
final class Stock {
  private final PageCounter counter;
  private final Stocks all;
  private final long batch;
  private final AtomicLong units = new AtomicLong();

  /** Whether units may stay here. Written under the exclusive lock of {@link Stocks}. */
  private volatile boolean joined;

  private volatile boolean retired;

  Stock(PageCounter counter, Stocks all) {
    this.counter = counter;
    this.all = all;
    this.batch = counter.era().ofPages(Stocks.BATCH_PAGES);
  }

  PageCounter counter() {
    return counter;
  }

  long units() {
    return units.get();
  }

  /** A batch: what is charged upwards at once. */
  long batch() {
    return batch;
  }

  boolean isJoined() {
    return joined;
  }

  void setJoined(boolean now) {
    joined = now;
  }

  /** Whether the group is gone. */
  boolean isRetired() {
    return retired;
  }

  /** The group is gone: nothing is kept any more. */
  void retire() {
    retired = true;
    all.leave(this);
  }

  long add(long more) {
    return units.addAndGet(more);
  }

  /** Takes that much, if it is there. */
  boolean take(long wanted) {
    while (true) {
      long now = units.get();
      if (now < wanted) {
        return false;
      }
      if (units.compareAndSet(now, now - wanted)) {
        return true;
      }
    }
  }

  /** Gives everything back to every level above. */
  void giveUp() {
    long left = units.getAndSet(0);
    if (left > 0) {
      cancelAbove(left);
    }
  }

  /** Takes back on every level above. */
  void cancelAbove(long some) {
    for (PageCounter level = counter.parent(); level != null; level = level.parent()) {
      level.cancel(some);
    }
  }

  /** Charges here, and above from the stock; returns the counter that refused, or null. */
  @Nullable PageCounter tryCharge(long some) {
    PageCounter refused = counter.tryAdd(some);
    if (refused != null) {
      return refused;
    }
    if (take(some)) {
      if (joined) {
        return null;
      }
      // what another thread is about to give back: a level above may have to refuse
      cancelAbove(some);
    }
    refused = all.chargeAbove(this, some);
    if (refused != null) {
      counter.cancel(some);
    }
    return refused;
  }

  /** Gives back here, and keeps what that frees above. */
  void uncharge(long some) {
    counter.cancel(some);
    if (Long.compareUnsigned(some, batch) <= 0 && joined) {
      all.keep(this, some);
    } else {
      cancelAbove(some);
    }
  }
}
