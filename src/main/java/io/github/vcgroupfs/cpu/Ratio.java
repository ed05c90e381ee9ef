package io.github.vcgroupfs.cpu;

/**
 * How much of a processor a runtime in a period is, as a whole number of 1 / 2^20: {@code to_ratio}
 * of {@code kernel/sched/core.c}. Has no state.
 */
final class Ratio {
  /** A runtime without end: {@code RUNTIME_INF}. */
  static final long UNLIMITED = -1;

  /** {@code BW_SHIFT}. */
  private static final int SHIFT = 20;

  /** {@code MAX_BW}: what can be shifted without loss. */
  static final long MAX = -1L >>> SHIFT;

  /** All of one processor: {@code BW_UNIT}. */
  private static final long WHOLE = 1L << SHIFT;

  private Ratio() {}

  /**
   * The ratio. What does not fit 64 bits is lost, as in the kernels that let such numbers through.
   *
   * @param period unsigned
   * @param runtime unsigned, in the same unit; or {@link #UNLIMITED}, which is one processor
   */
  static long of(long period, long runtime) {
    if (runtime == UNLIMITED) {
      return WHOLE;
    }
    return period == 0 ? 0 : Long.divideUnsigned(runtime << SHIFT, period);
  }
}
