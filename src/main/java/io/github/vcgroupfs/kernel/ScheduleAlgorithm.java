package io.github.vcgroupfs.kernel;

/** How a socket's need for buffer memory is decided: {@code net/core/sock.c __sk_mem_schedule}. */
public enum ScheduleAlgorithm {
  /**
   * The patch set of 2011: a strict charge of the group, thresholds of the group's own; with our
   * reading of the article where the two differ (see the deviations page).
   */
  PATCH_2011,
  /** A forced charge of the group, thresholds of the group's own; given back if refused. 3.3 on. */
  GROUP_THRESHOLDS,
  /**
   * A forced charge of the group, thresholds of the machine's; given back if refused. 4.5 to 5.12.
   */
  CHARGE_THEN_DECIDE,
  /** The group is charged only what fits, thresholds of the machine's. From 5.13. */
  CHARGE_IF_IT_FITS
}
