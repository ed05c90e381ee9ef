package io.github.vcgroupfs.traffic.tcp;

/**
 * How many segments are sent at once: at the pace of the connection not more than a millisecond of
 * it ({@code tcp_tso_autosize}).
 */
final class BurstSize {
  /** {@code sysctl_tcp_min_tso_segs}, {@code bbr_min_tso_segs}. */
  static final int MIN_SEGMENTS = 2;

  /** sk_gso_max_size on loopback: GSO_LEGACY_MAX_SIZE less MAX_TCP_HEADER and one. */
  static final int GSO_MAX_BYTES = 65_536 - 256 - 1;

  /** {@code sk_pacing_shift}: a 1,024th of a second. */
  private static final int PACING_SHIFT = 10;

  /** {@code sysctl_tcp_tso_rtt_log}: a burst is halved for each 512 microseconds. */
  private static final int RTT_SHIFT = 9;

  private BurstSize() {}

  /**
   * Segments of a burst: {@code bbr_tso_segs_goal}.
   *
   * @param rate bytes a second that the connection sends at
   * @param least segments that may be sent at any rate
   */
  static int goal(long rate, int mssBytes, int least) {
    return Math.max((int) Math.min(rate >> PACING_SHIFT, GSO_MAX_BYTES) / mssBytes, least);
  }

  /**
   * Segments of a burst, more of them the nearer the receiver is: {@code tcp_tso_autosize}.
   *
   * @param rate bytes a second that the connection sends at
   * @param minRttNs the shortest round trip, or a very long one if it does not count
   */
  static int segments(long rate, long minRttNs, int mssBytes) {
    long halvings = (minRttNs / 1000) >> RTT_SHIFT;
    long more = halvings < Integer.SIZE ? GSO_MAX_BYTES >> halvings : 0;
    long bytes = Math.min((rate >> PACING_SHIFT) + more, GSO_MAX_BYTES);
    return Math.max((int) bytes / mssBytes, MIN_SEGMENTS);
  }
}
