package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/** How large a send buffer becomes: {@code tcp_init_buffer_space}, {@code tcp_sndbuf_expand}. */
final class SndbufGrowth {
  /** Of the timestamps, which {@code rx_opt.mss_clamp} does not take off. */
  private static final int OPTION_BYTES = 12;

  private final Sock sk;
  private final TcpConstants constants;

  /**
   * The growth of one socket's buffer.
   *
   * @param constants of the profile
   */
  SndbufGrowth(Sock sk, TcpConstants constants) {
    this.sk = sk;
    this.constants = constants;
  }

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
    if (sk.underPressure() && sk.unusedReserve() > constants.minSndbufBytes()) {
      sk.setSndbuf(sk.unusedReserve()); // tcp_should_expand_sndbuf
    }
    if (sk.underPressure() || !sk.isBelowFirstThreshold()) {
      return;
    }
    if (constants.has(TcpFeature.SMALL_SNDBUF)) {
      raise(2L * segments * fullTruesize());
    } else {
      long perSegment = Truesize.ofSegmentRoundedUp(constants, mssClamp());
      raise(
          constants.congestion().sndbufFactor()
              * perSegment
              * Math.max(segments, Congestion.INITIAL));
    }
  }

  private int fullTruesize() {
    return Truesize.ofSegment(constants, mssClamp());
  }

  private int mssClamp() {
    return constants.advmssBytes() + OPTION_BYTES;
  }

  private void raise(long bytes) {
    int wanted = (int) Math.min(bytes, constants.wmem().maxBytes());
    if (sk.sndbuf() < wanted) {
      sk.setSndbuf(wanted);
    }
  }
}
