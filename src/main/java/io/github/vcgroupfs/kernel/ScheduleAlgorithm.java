package io.github.vcgroupfs.kernel;

/**
 * How a kernel decides whether a socket gets buffer memory: {@code net/core/sock.c
 * __sk_mem_schedule}.
 */
public enum ScheduleAlgorithm {
  /**
   * The patch set of 2011. The group is charged, and its limit may refuse. The group has thresholds
   * of its own. Where patch set and article differ, we follow our reading of the article (see the
   * deviations page).
   */
  PATCH_2011,
  /**
   * The group is charged whatever its limit, and the charge is given back if memory is refused. The
   * group has thresholds of its own. From 3.3 on.
   */
  GROUP_THRESHOLDS,
  /**
   * The group is charged whatever its limit, and the charge is given back if memory is refused. The
   * machine's thresholds apply. 4.5 to 5.12.
   */
  CHARGE_THEN_DECIDE,
  /** The group is charged only what fits. The machine's thresholds apply. From 5.13. */
  CHARGE_IF_IT_FITS
}
