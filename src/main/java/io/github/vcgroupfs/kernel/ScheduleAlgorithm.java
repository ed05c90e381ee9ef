package io.github.vcgroupfs.kernel;

/** How a socket's need for buffer memory is decided: {@code net/core/sock.c __sk_mem_schedule}. */
public enum ScheduleAlgorithm {
  /**
   * The patch set of 2011: a strict charge of the group, thresholds of the group's own; with our
   * reading of the article where the two differ (see the deviations page).
   */
  PATCH_2011
}
