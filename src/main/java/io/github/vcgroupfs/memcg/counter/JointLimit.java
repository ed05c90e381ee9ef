package io.github.vcgroupfs.memcg.counter;

import org.jspecify.annotations.Nullable;

/**
 * One limit for two counters of one group. User and kernel memory together must stay within {@code
 * memory.limit_in_bytes}. In the article that is {@code independent_kmem_limit} 0, and the limit of
 * kernel memory is ignored. From 3.8 on it is always so, and the limit of kernel memory holds as
 * well.
 *
 * <p><b>Concurrency:</b> each side adds to its own counter <em>before</em> it reads the other one.
 * If two charges together exceed the limit, at least one of them sees the other, so the limit
 * holds. Both may see each other and both be refused. That is tolerated.
 */
public final class JointLimit {
  private final PageCounter memory;
  private final PageCounter kmem;
  private final boolean kmemLimitHolds;

  JointLimit(PageCounter memory, PageCounter kmem, boolean kmemLimitHolds) {
    this.memory = memory;
    this.kmem = kmem;
    this.kmemLimitHolds = kmemLimitHolds;
  }

  /**
   * Puts two counters of one group under one limit. The next charge sees it.
   *
   * <p>Preconditions: the hierarchy's lock is held.
   *
   * @param memory user memory; its limit, failcnt and watermark are the shared ones
   * @param kmem kernel memory
   * @param kmemLimitHolds whether the limit of kernel memory holds as well
   */
  public static void join(PageCounter memory, PageCounter kmem, boolean kmemLimitHolds) {
    JointLimit joint = new JointLimit(memory, kmem, kmemLimitHolds);
    memory.shareLimit(joint);
    kmem.shareLimit(joint);
    memory.records().raiseWatermark(joint.total());
  }

  /**
   * Gives each of two counters its own limit again. The next charge sees it.
   *
   * <p>Preconditions: the hierarchy's lock is held.
   */
  public static void part(PageCounter memory, PageCounter kmem) {
    memory.shareLimit(null);
    kmem.shareLimit(null);
  }

  /** What is held against the limit of one of the two, in units. */
  long heldAgainst(PageCounter which) {
    if (which == memory) {
      return total();
    }
    return kmemLimitHolds ? kmem.usage() : 0;
  }

  /** What both hold, in units. */
  private long total() {
    return saturatingSum(memory.usage(), kmem.usage());
  }

  /** Charges one of the two on this level; returns the counter that refused, or null. */
  @Nullable PageCounter tryAdd(PageCounter which, long units) {
    if (!which.addUnlessOverflow(units)) {
      memory.records().countFailure();
      return memory;
    }
    if (which == kmem && kmemLimitHolds && PageCounter.above(kmem.usage(), kmem.max())) {
      kmem.cancel(units);
      kmem.records().countFailure();
      return kmem;
    }
    long total = total();
    if (PageCounter.above(total, memory.max())) {
      which.cancel(units);
      memory.records().countFailure();
      return memory;
    }
    // the total that was checked: a later one may hold a charge of the other side that is refused
    if (which == kmem) {
      kmem.records().raiseWatermark(kmem.usage());
    }
    memory.records().raiseWatermark(total);
    return null;
  }

  /** Raises the watermarks after a forced charge of one of the two. */
  void reached(PageCounter which, long usage) {
    if (which == kmem) {
      kmem.records().raiseWatermark(usage);
    }
    memory.records().raiseWatermark(total());
  }

  private static long saturatingSum(long a, long b) {
    long sum = a + b;
    return Long.compareUnsigned(sum, a) < 0 ? -1L : sum;
  }
}
