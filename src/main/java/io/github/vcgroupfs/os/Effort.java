package io.github.vcgroupfs.os;

/**
 * How much work something is for the thread that does it. It is the time of a processor, so that
 * work does not seem to be more while others have the processor. Immutable.
 */
public final class Effort {
  private static final ProcReader PROC = new ProcReader("/proc");

  private final long beganNs = PROC.ownRuntimeNs();

  private Effort() {}

  /** The calling thread begins. */
  public static Effort begin() {
    return new Effort();
  }

  /**
   * How long it has worked since then, in nanoseconds; 0 if its kernel does not say ({@code
   * CONFIG_SCHED_INFO}).
   */
  public long ns() {
    long nowNs = PROC.ownRuntimeNs();
    return beganNs >= 0 && nowNs >= 0 ? nowNs - beganNs : 0;
  }
}
