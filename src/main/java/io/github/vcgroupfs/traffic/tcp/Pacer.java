package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.CongestionControl;

/**
 * Spreads what is sent over time, where the congestion control asks for it: {@code
 * tcp_update_skb_after_send}, {@code tcp_pacing_check}. Not thread-safe.
 */
final class Pacer {
  /** The first segments go unpaced. */
  private static final int FREE_SEGMENTS = 10;

  /**
   * Bytes a second on loopback. Measured on the 6.18 referee: {@code ss -i} shows pacing rates of
   * 14 to 15 Gbit/s after the handshake (bbr_high_gain * cwnd 10 * 65,483 bytes per RTT of about a
   * millisecond, {@code bbr_init_pacing_rate_from_rtt}).
   */
  private static final long RATE = 1_800_000_000L;

  private final boolean paces;
  private long nextNs;
  private int segments;

  Pacer(CongestionControl control) {
    this.paces = control == CongestionControl.BBR;
  }

  /** How long the next buffer has to wait, nanoseconds; 0: not at all. */
  long waitNs(long nowNs) {
    return Math.max(0, nextNs - nowNs);
  }

  /** A buffer was sent. */
  void sent(int bytes, int pcount, long nowNs) {
    if (!paces) {
      return;
    }
    boolean free = segments < FREE_SEGMENTS;
    segments = Math.min(segments + pcount, FREE_SEGMENTS);
    if (!free) {
      long lengthNs = bytes * 1_000_000_000L / RATE;
      long credit = nowNs - nextNs;
      nextNs = Math.max(nextNs, nowNs) + lengthNs - Math.max(0, Math.min(credit, lengthNs / 2));
    } else {
      nextNs = nowNs;
    }
  }
}
