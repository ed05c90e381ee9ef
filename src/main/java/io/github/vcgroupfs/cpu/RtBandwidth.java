package io.github.vcgroupfs.cpu;

/**
 * How long the real-time tasks of a group may run in each period: {@code struct rt_bandwidth}.
 * Immutable.
 *
 * @param periodNs the period
 * @param runtimeNs how long in a period; or {@link Ratio#UNLIMITED}
 */
record RtBandwidth(long periodNs, long runtimeNs) {
  /** {@code sysctl_sched_rt_period}: 1 s. */
  private static final long GLOBAL_PERIOD_NS = 1_000_000_000;

  /** {@code sysctl_sched_rt_runtime}: 950 ms. */
  private static final long GLOBAL_RUNTIME_NS = 950_000_000;

  /** That of the root, and the most that any group may have: {@code def_rt_bandwidth}. */
  static final RtBandwidth ROOT = new RtBandwidth(GLOBAL_PERIOD_NS, GLOBAL_RUNTIME_NS);

  /** That of a new group: {@code alloc_rt_sched_group}. */
  static final RtBandwidth NEW = new RtBandwidth(GLOBAL_PERIOD_NS, 0);

  RtBandwidth withPeriod(long ns) {
    return new RtBandwidth(ns, runtimeNs);
  }

  RtBandwidth withRuntime(long ns) {
    return new RtBandwidth(periodNs, ns);
  }

  boolean isLimited() {
    return runtimeNs != Ratio.UNLIMITED;
  }

  /** The runtime as {@code cpu.rt_runtime_us} shows it; -1: no limit. */
  long runtimeUs() {
    return isLimited() ? Microseconds.of(runtimeNs) : -1;
  }

  /** How much of a processor that is. */
  long ratio() {
    return Ratio.of(periodNs, runtimeNs);
  }
}
