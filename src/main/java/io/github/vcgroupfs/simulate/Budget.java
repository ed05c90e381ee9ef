package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * How much one simulation may ask for, how much work it may be, and whether anybody still waits for
 * it. Work is counted in steps (events, and calls of the simulated process), not in time: the same
 * scenario is stopped at the same moment on every machine. Not thread-safe; used once.
 */
public final class Budget {
  /** So many events are run at most before somebody looks at the budget again. */
  static final int SLICE = 1024;

  private final Limits limits;
  private final BooleanSupplier outdated;
  private long steps;
  private long events;
  private double stoppedMs = -1;

  /**
   * A budget of which nothing is used.
   *
   * @param limits what a scenario may ask for
   * @param outdated whether nobody wants the answer any more; asked now and then
   */
  public Budget(Limits limits, BooleanSupplier outdated) {
    this.limits = limits;
    this.outdated = outdated;
  }

  /**
   * What a scenario may ask for. Immutable.
   *
   * @param connections the most connections, of all groups
   * @param seconds the longest time, virtual seconds
   * @param bufferBytes the most bytes of one send, one read or one buffer
   * @param groups the most groups
   * @param steps the most work; the simulation stops there
   */
  public record Limits(int connections, double seconds, int bufferBytes, int groups, long steps) {
    /** Only against typing errors. */
    static final Limits WIDE =
        new Limits(1_000_000, 1e6, 1 << 30, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Whoever types a command may wait as long as it takes. */
  static Budget unbounded() {
    return new Budget(Limits.WIDE, () -> false);
  }

  Limits limits() {
    return limits;
  }

  /**
   * Counts work.
   *
   * @return whether there may be more
   * @throws CancellationException if nobody wants the answer any more
   */
  boolean spend(long nrSteps) {
    steps += nrSteps;
    if (outdated.getAsBoolean()) {
      throw new CancellationException("somebody asked for something else");
    }
    return steps < limits.steps();
  }

  /**
   * Counts the events that were added since it was last asked.
   *
   * @return whether there may be more
   * @throws CancellationException if nobody wants the answer any more
   */
  boolean spendOn(EventQueue queue) {
    long before = events;
    events = queue.added();
    return spend(events - before);
  }

  /** Whether there may be more. */
  boolean isLeft() {
    return steps < limits.steps();
  }

  /** The simulation ends early, at that time. */
  void stopAt(long nowNs) {
    stoppedMs = nowNs / 1e6;
  }

  /** How many steps were made. */
  public long steps() {
    return steps;
  }

  /** When the simulation ended because its work was too much, virtual ms; below 0: it did not. */
  public double stoppedMs() {
    return stoppedMs;
  }
}
