package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;

/**
 * Whether the congestion window is what holds a sender back; only then it grows: {@code
 * tcp_cwnd_validate}, {@code tcp_is_cwnd_limited}. Not thread-safe.
 */
final class CwndUse {
  /** Most segments that were out since the window of data began that ends there. */
  private int mostOut;

  private long windowEnd;
  private boolean limited;

  /**
   * Something was sent, or could not be.
   *
   * @param now whether the congestion window held it back
   */
  void validate(SendState state, boolean now) {
    boolean remembers = state.constants.has(TcpFeature.CWND_LIMIT_IS_REMEMBERED);
    int out = state.rtx.packetsOut();
    if (state.sndUna >= windowEnd
        || (remembers ? now || (!limited && out > mostOut) : out > mostOut)) {
      mostOut = out;
      windowEnd = state.sndNxt;
      limited = now;
    }
  }

  /** Whether the congestion window may grow; in slow start to twice what was out. */
  boolean isLimited(SendState state) {
    boolean mayDouble =
        state.congestion.inSlowStart() && state.congestion.cwnd() < 2 * mostOut;
    return state.constants.has(TcpFeature.CWND_LIMIT_IS_REMEMBERED)
        ? limited || mayDouble
        : state.congestion.inSlowStart() ? mayDouble : limited;
  }
}
