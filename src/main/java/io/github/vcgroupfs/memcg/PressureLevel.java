package io.github.vcgroupfs.memcg;

/**
 * How much pressure there is, least first; a listener hears of its level and those above. Unlike
 * Linux, which tells levels by the share of pages that reclaim could not free, as nothing here can
 * be reclaimed.
 */
public enum PressureLevel {
  /** A spell of pressure begins, or a limit refused a write that injects kernel memory. */
  LOW,
  /** It lasts: once for each 512 pages that were refused since ({@code vmpressure_win}). */
  MEDIUM,
  /** Out of memory. */
  CRITICAL
}
