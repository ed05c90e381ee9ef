package io.github.vcgroupfs.memcg.counter;

import io.github.vcgroupfs.kernel.CounterEra;
import org.jspecify.annotations.Nullable;

/**
 * Charges that always succeed, but count a failure if a limit is passed: {@code
 * res_counter_charge_nofail}.
 */
public final class NofailCharge {
  private NofailCharge() {}

  /**
   * Charges pages whatever the limits are. In the res_counter era a failure is counted on every
   * level that is over its limit. Later kernels first try and then charge, so only the first such
   * level counts one.
   *
   * @param nrPages how many pages
   * @param raisesWatermark whether a level that is over its limit records its new usage
   * @return the first counter whose limit is passed, or null
   */
  public static @Nullable PageCounter charge(
      PageCounter counter, long nrPages, boolean raisesWatermark) {
    if (counter.era() == CounterEra.PAGE_COUNTER) {
      PageCounter refused = counter.tryCharge(nrPages);
      if (refused != null) {
        counter.charge(nrPages);
      }
      return refused;
    }
    long units = counter.era().ofPages(nrPages);
    PageCounter first = null;
    for (PageCounter level = counter; level != null; level = level.parent()) {
      long now = level.addRegardless(units);
      // the first is cheap and includes stocks below, the second takes them back
      boolean over =
          PageCounter.above(now, level.max()) && PageCounter.above(level.usage(), level.max());
      if (over) {
        level.records().countFailure();
        first = first == null ? level : first;
      }
      if (!over || raisesWatermark) {
        level.reached(now);
      }
    }
    if (first != null) {
      counter.drainWhereOver();
    }
    counter.usageChanged();
    return first;
  }
}
