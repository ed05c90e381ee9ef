package io.github.vcgroupfs.traffic.tcp;

/** The round trip as a receiver sees it: {@code struct rcv_rtt_est}. Not thread-safe. */
final class ReceiveRtt {
  private static final long MS = 1_000_000;

  /** Nanoseconds; 0 while unknown. */
  private long ns;

  private long lastEchoNs = -1;
  private long untilSeq;
  private long sinceNs = -1;

  /** The round trip, nanoseconds; 0 while unknown. */
  long ns() {
    return ns;
  }

  /** {@code tcp_rcv_rtt_measure_ts}: data came in answer to an acknowledgement sent then. */
  void byEcho(Segment segment, int rcvMss, long nowNs) {
    if (segment.echoNs == lastEchoNs || segment.len < rcvMss) {
      return;
    }
    lastEchoNs = segment.echoNs;
    long sampleNs = Math.max(1, nowNs / MS - lastEchoNs / MS) * MS; // timestamps have milliseconds
    ns = ns == 0 || sampleNs < ns ? sampleNs : ns + (sampleNs - ns) / 8;
  }

  /** {@code tcp_rcv_rtt_measure}: a window of data came. */
  void byWindow(long rcvNxt, int windowBytes, long nowNs) {
    if (sinceNs >= 0) {
      if (rcvNxt < untilSeq) {
        return;
      }
      long sampleNs = Math.max(1000, nowNs - sinceNs);
      ns = ns == 0 ? sampleNs : Math.min(ns, sampleNs);
    }
    untilSeq = rcvNxt + windowBytes;
    sinceNs = nowNs;
  }
}
