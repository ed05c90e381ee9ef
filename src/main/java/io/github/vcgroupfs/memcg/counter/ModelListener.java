package io.github.vcgroupfs.memcg.counter;

/**
 * Is called when the model finds an error in its own sums. May be called from any thread, and while
 * locks of the model are held: it must not block, and must not call the model.
 */
public interface ModelListener {
  /** A listener that does nothing. */
  ModelListener SILENT = units -> {};

  /**
   * More was uncharged than had been charged. The counter is now 0. This is a defect of this
   * program: report it once and go on (kernel: {@code WARN_ON_ONCE} in {@code
   * page_counter_cancel}).
   *
   * @param units how much was missing, in the counter's unit
   */
  void moreUnchargedThanCharged(long units);
}
