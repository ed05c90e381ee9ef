package io.github.vcgroupfs.kernel;

/**
 * When forward alloc that is no longer used goes back to the counters: {@code include/net/sock.h
 * sk_mem_uncharge}, kernel-facts.md, TCP forward allocation. The reclaim points (timers, prune,
 * close) are the same for all.
 */
public enum ReclaimRule {
  /** Nothing is returned when a buffer is freed. Until 4.3. */
  AT_RECLAIM_POINTS,
  /** A socket that holds 2 MiB returns one of them. 4.4 to 5.15. */
  ABOVE_TWO_MEGABYTES,
  /** All whole pages are returned at once. From 6.0. */
  AT_ONCE
}
