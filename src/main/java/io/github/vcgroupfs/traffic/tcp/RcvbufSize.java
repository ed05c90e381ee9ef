package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/** How large a receive buffer has to be for segments: {@code tcp_fixup_rcvbuf}. */
final class RcvbufSize {
  /** Twice the truesize of a segment, and four times for the delay of right-sizing. */
  private static final long CUSHION_FACTOR = 8;

  private RcvbufSize() {}

  /** {@code tcp_fixup_rcvbuf}: a new connection's buffer. */
  static void fixUp(Sock sk, TcpConstants constants) {
    if (constants.has(TcpFeature.RCVBUF_FIXUP)) {
      int mss = constants.advmssBytes();
      int segments = mss > 1460 ? Math.max(1460 * 10 / mss, 2) : 10; // tcp_default_init_rwnd
      long perSegment =
          constants.has(TcpFeature.RCVBUF_CUSHION)
              ? CUSHION_FACTOR * Truesize.ofSegment(constants, mss)
              : ofSegment(constants, ReceiveWindow.DEFAULT_RATIO);
      long wanted = perSegment * segments;
      sk.setRcvbuf((int) Math.max(sk.rcvbuf(), Math.min(wanted, constants.rmem().maxBytes())));
    }
  }

  /** What a segment takes of the buffer, more until its data fit the share that a window gets. */
  static int ofSegment(TcpConstants constants, int ratio) {
    int mss = constants.advmssBytes();
    int rcvmem = Truesize.ofSegment(constants, mss);
    while (ReceiveWindow.ofSpace(rcvmem, ratio) < mss) {
      rcvmem += 128;
    }
    return rcvmem;
  }
}
