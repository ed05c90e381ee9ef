package io.github.vcgroupfs.memcg.counter;

/**
 * Hears what the model cannot answer for itself. May be called from any thread, and while locks of
 * the model are held: it must not block, nor ask the model for anything.
 */
public interface ModelListener {
  /** Hears nothing. */
  ModelListener SILENT = units -> {};

  /**
   * More was uncharged than had been charged; the counter stands at 0 now. A defect of ours: report
   * it once and go on (kernel: {@code WARN_ON_ONCE} in {@code page_counter_cancel}).
   *
   * @param units how much was missing, in the counter's unit
   */
  void moreUnchargedThanCharged(long units);
}
