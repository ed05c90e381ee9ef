package io.github.vcgroupfs.traffic.tcp;

/** Measures how fast a connection delivers: {@code net/ipv4/tcp_rate.c}. Not thread-safe. */
final class RateSampler {
  /**
   * The shortest round trip of loopback. Measured on the 6.18 referee: TCP_INFO shows a min_rtt of
   * 18 µs; the model's packets take no time, which no rate could be taken of.
   */
  static final long LOOPBACK_NS = 18_000;

  private long delivered;
  private long deliveredNs;
  private long firstSentNs;

  /** The segments that will have been delivered when the application's pause is over; or 0. */
  private long appLimitedUntil;

  /** {@code tcp_rate_skb_sent}. */
  void sent(Skb skb, boolean nothingInFlight) {
    if (nothingInFlight) {
      firstSentNs = skb.sentNs;
      deliveredNs = skb.sentNs;
    }
    skb.firstSentNs = firstSentNs;
    skb.deliveredNs = deliveredNs;
    skb.delivered = delivered;
    skb.appLimited = appLimitedUntil > 0;
  }

  /** {@code tcp_rate_check_app_limited}: there is less than a segment to send. */
  void applicationLimits(int inFlight) {
    appLimitedUntil = Math.max(1, delivered + inFlight);
  }

  /**
   * {@code tcp_rate_gen}.
   *
   * @param last the buffer sent last of those acknowledged
   */
  RateSample acknowledged(
      RtxQueue.Cleaned last, long nowNs, long rttNs, int inFlight, int losses, boolean limited) {
    delivered += last.segments;
    if (appLimitedUntil > 0 && delivered > appLimitedUntil) {
      appLimitedUntil = 0;
    }
    deliveredNs = nowNs;
    firstSentNs = last.sentNs;
    long sendNs = last.sentNs - last.firstSentNs;
    long ackNs = nowNs - last.deliveredNs;
    return new RateSample(
        nowNs,
        last.segments,
        inFlight,
        losses,
        delivered,
        last.delivered,
        Math.max(Math.max(sendNs, ackNs), LOOPBACK_NS),
        Math.max(rttNs, LOOPBACK_NS),
        last.appLimited,
        limited);
  }
}
