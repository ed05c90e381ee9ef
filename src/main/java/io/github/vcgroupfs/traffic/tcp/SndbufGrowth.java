package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/**
 * How large a send buffer becomes: {@code tcp_init_buffer_space}, {@code tcp_sndbuf_expand}.
 *
 * @param sk whose
 * @param constants of the profile
 */
record SndbufGrowth(Sock sk, TcpConstants constants) {
  /** MAX_TCP_HEADER, and SKB_DATA_ALIGN of skb_shared_info and sk_buff. */
  private static final int MAX_TCP_HEADER = 320;

  private static final int SHARED_INFO = 320;
  private static final int SK_BUFF = 256;

  /** The handshake is done. */
  void initial() {
    if (constants.has(TcpFeature.SMALL_SNDBUF)) {
      raise((long) Congestion.INITIAL * fullTruesize());
    } else {
      grow(Congestion.INITIAL);
    }
  }

  /** Room for so many segments of the congestion window. */
  void grow(int segments) {
    if (sk.underPressure() || !sk.isBelowFirstThreshold()) {
      return;
    }
    if (constants.has(TcpFeature.SMALL_SNDBUF)) {
      raise(2L * segments * fullTruesize());
    } else {
      int mss = constants.advmssBytes() + 12; // without timestamps: rx_opt.mss_clamp
      int size = mss + MAX_TCP_HEADER + SHARED_INFO;
      long perSegment = (long) Integer.highestOneBit(size - 1) * 2 + SK_BUFF;
      raise(
          constants.congestion().sndbufFactor()
              * perSegment
              * Math.max(segments, Congestion.INITIAL));
    }
  }

  /** SKB_TRUESIZE(mss_clamp + MAX_TCP_HEADER). */
  private int fullTruesize() {
    return constants.advmssBytes() + 12 + MAX_TCP_HEADER + SHARED_INFO + SK_BUFF;
  }

  private void raise(long bytes) {
    int wanted = (int) Math.min(bytes, constants.wmem().maxBytes());
    if (sk.sndbuf() < wanted) {
      sk.setSndbuf(wanted);
    }
  }
}
