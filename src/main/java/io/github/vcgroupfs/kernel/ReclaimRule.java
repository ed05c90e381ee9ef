package io.github.vcgroupfs.kernel;

/**
 * When a socket gives back forward allocation that it does not use: {@code include/net/sock.h
 * sk_mem_uncharge}, kernel-facts.md, TCP forward allocation. Besides, all kernels take it back at
 * certain points: at timers, when a queue is pruned, and on close.
 */
public enum ReclaimRule {
  /** Nothing is given back when a buffer is freed. Until 4.3. */
  AT_RECLAIM_POINTS,
  /** A socket that holds 2 MiB gives back 1 MiB. 4.4 to 5.15. */
  ABOVE_TWO_MEGABYTES,
  /** All whole pages are given back at once. From 6.0. */
  AT_ONCE
}
