package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/**
 * What the parts of a sender share: {@code struct tcp_sock}. Plain data for its package; sequence
 * numbers are bytes since the connection began.
 */
final class SendState {
  /** TCP_MSS_DEFAULT. */
  private static final int MSS_DEFAULT = 536;

  final TcpEnd end;
  final Sock sk;
  final TcpConstants constants;
  final NetworkPath path;
  final SendQueue queue;
  final RtxQueue rtx;
  final Congestion congestion;
  final RateSampler rate = new RateSampler();
  final RttEstimator rtt;

  long sndUna;
  long sndNxt;
  int sndWnd;
  long pushedSeq;

  /** {@code snd_sml}: the end of the last small segment. */
  long smallEnd;

  /** TCP_NODELAY. */
  boolean nodelay;

  /** {@code tcp_notsent_lowat}: bytes. */
  long notsentLowat = Long.MAX_VALUE;

  /** Whether the congestion window held the sender back last. */
  boolean cwndLimited;

  private int maxWindow;

  /** Until a window comes: {@code tcp_init_sock}. */
  private int mss = MSS_DEFAULT;

  SendState(TcpEnd end) {
    long rttNs = 2 * end.lane.delayNs();
    this.end = end;
    this.sk = end.sk;
    this.constants = end.constants;
    this.path = end.path;
    this.queue = new SendQueue(sk, constants);
    this.rtx = new RtxQueue(sk, constants);
    this.congestion = Congestion.of(constants.congestion(), rttNs);
    this.rtt = new RttEstimator(constants.jiffyNs(), rttNs);
  }

  long nowNs() {
    return path.events().nowNs();
  }

  /** {@code tcp_wnd_end}. */
  long windowEnd() {
    return sndUna + sndWnd;
  }

  /** {@code mss_cache}: bytes of a segment. */
  int mss() {
    return mss;
  }

  int maxWindow() {
    return maxWindow;
  }

  /** A window came; segments are never more than half of the largest: {@code tcp_sync_mss}. */
  void setWindow(int bytes) {
    sndWnd = bytes;
    if (bytes > maxWindow) {
      maxWindow = bytes;
      mss = boundToHalfWindow(constants.advmssBytes());
    }
  }

  int boundToHalfWindow(int bytes) {
    int cutoff = maxWindow > MSS_DEFAULT ? maxWindow >> 1 : maxWindow;
    return cutoff > 0 && bytes > cutoff ? cutoff : bytes;
  }

  /** {@code tcp_snd_wnd_test} of the buffer that is next. */
  boolean headFitsWindow() {
    Skb head = queue.head();
    return head != null && (head.len > mss ? head.seq + mss : head.endSeq()) <= windowEnd();
  }

  /**
   * {@code sk_stream_memory_free}: whether another buffer may be made.
   *
   * @param wake whether it is to be decided if a writer that waits is woken
   */
  boolean hasSpace(boolean wake) {
    boolean half = wake && constants.has(TcpFeature.NOTSENT_LOWAT_WAKES_AT_HALF);
    return sk.hasSendSpace() && (queue.writeSeq() - sndNxt) << (half ? 1 : 0) < notsentLowat;
  }

  /** {@code tcp_minshall_check}. */
  boolean isSmallInFlight() {
    return rtx.packetsOut() > 0 && smallEnd > sndUna && smallEnd <= sndNxt;
  }
}
