package io.github.vcgroupfs.traffic.tcp;

/**
 * Spreads what is sent over time, where the congestion control asks for it: {@code
 * tcp_update_skb_after_send}, {@code tcp_pacing_check}. Not thread-safe.
 */
final class Pacer {
  /** The first segments go unpaced. */
  private static final int FREE_SEGMENTS = 10;

  private long nextNs;
  private int segments;

  /** How long the next buffer has to wait, nanoseconds; 0: not at all. */
  long waitNs(long nowNs) {
    return Math.max(0, nextNs - nowNs);
  }

  /**
   * A buffer was sent.
   *
   * @param rate bytes a second
   */
  void sent(int bytes, int pcount, long nowNs, long rate) {
    if (rate == Congestion.UNPACED) {
      return;
    }
    long idleNs = Math.max(0, nowNs - nextNs);
    nextNs = Math.max(nextNs, nowNs);
    if (segments >= FREE_SEGMENTS) {
      long lengthNs = bytes * 1_000_000_000L / rate;
      nextNs += lengthNs - Math.min(idleNs, lengthNs / 2);
    }
    segments = Math.min(segments + pcount, FREE_SEGMENTS);
  }
}
