package io.github.vcgroupfs.memcg;

/**
 * How scarce memory is, mildest level first. A listener that asked for a level is notified of that
 * level and the levels after it.
 *
 * <p>Unlike Linux: there the level depends on how many pages could not be freed by reclaim. Here
 * nothing can be reclaimed, so it depends on refusals.
 */
public enum PressureLevel {
  /** Pressure begins, or a limit refused a write that injects kernel memory. */
  LOW,
  /**
   * Pressure goes on. Sent once for each 512 pages that were refused since ({@code
   * vmpressure_win}).
   */
  MEDIUM,
  /** The group is out of memory. */
  CRITICAL
}
