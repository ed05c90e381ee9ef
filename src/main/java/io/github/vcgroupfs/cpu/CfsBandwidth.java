package io.github.vcgroupfs.cpu;

/**
 * How long the ordinary tasks of a group may run in each period: {@code struct cfs_bandwidth}.
 * Immutable.
 *
 * @param periodNs the period
 * @param quotaNs how long in a period, all processors together; or {@link Ratio#UNLIMITED}
 * @param burstNs how much of what was not used is kept for later
 */
record CfsBandwidth(long periodNs, long quotaNs, long burstNs) {
  /** {@code default_cfs_period}: 100 ms. */
  private static final long DEFAULT_PERIOD_NS = 100_000_000;

  /** That of a new group: {@code init_cfs_bandwidth}. */
  static final CfsBandwidth NEW = new CfsBandwidth(DEFAULT_PERIOD_NS, Ratio.UNLIMITED, 0);

  CfsBandwidth withPeriod(long ns) {
    return new CfsBandwidth(ns, quotaNs, burstNs);
  }

  CfsBandwidth withQuota(long ns) {
    return new CfsBandwidth(periodNs, ns, burstNs);
  }

  CfsBandwidth withBurst(long ns) {
    return new CfsBandwidth(periodNs, quotaNs, ns);
  }

  boolean isLimited() {
    return quotaNs != Ratio.UNLIMITED;
  }

  /** The quota as {@code cpu.cfs_quota_us} shows it; -1: no limit. */
  long quotaUs() {
    return isLimited() ? Microseconds.of(quotaNs) : -1;
  }

  /** How much of a processor that is, or {@link Ratio#UNLIMITED}: {@code normalize_cfs_quota}. */
  long ratio() {
    return isLimited()
        ? Ratio.of(Microseconds.of(periodNs), Microseconds.of(quotaNs))
        : Ratio.UNLIMITED;
  }
}
