package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;

/**
 * Tells which buffers are lost: by time from 4.4 on ({@code tcp_rack_mark_lost}), by what arrived
 * behind them before ({@code tcp_mark_head_lost}).
 */
final class LossDetector {
  /** {@code sysctl_tcp_reordering}: the duplicates that mean a loss. */
  static final int REORDERING = 3;

  private final SendState state;

  LossDetector(SendState state) {
    this.state = state;
  }

  /**
   * Marks what is lost.
   *
   * @param open whether no loss is being repaired
   * @return how long until more may be, nanoseconds; 0: nothing is in doubt
   */
  long markLost(boolean open) {
    if (!state.constants.has(TcpFeature.RACK)) {
      markByDuplicates();
      return 0;
    }
    RtxQueue rtx = state.rtx;
    boolean eager = !open || rtx.sackedOut() >= REORDERING;
    long windowNs = // tcp_rack_reo_wnd
        eager ? 0 : Math.min(state.rtt.minRttNs() / 4, state.rtt.smoothedNs());
    long longestNs = 0;
    for (int i = 0; i < rtx.size(); i++) {
      Skb skb = rtx.get(i);
      if (skb.sacked || (skb.lost && !skb.retransmitted) || skb.serial >= rtx.deliveredSerial()) {
        continue;
      }
      long leftNs = leftNs(skb, windowNs);
      if (leftNs <= 0) {
        rtx.markLost(skb);
      } else {
        longestNs = Math.max(longestNs, leftNs);
      }
    }
    return longestNs;
  }

  /** {@code tcp_rack_skb_timeout}: how long a buffer may still be on its way. */
  long leftNs(Skb skb, long windowNs) {
    long nowNs = state.nowNs();
    long rttNs = Math.max(state.rtt.minRttNs(), nowNs - state.rtx.deliveredSentNs());
    return skb.sentNs + Math.min(rttNs, state.rtt.smoothedNs()) + windowNs - nowNs;
  }

  private void markByDuplicates() {
    int above = 0;
    RtxQueue rtx = state.rtx;
    for (int i = rtx.size() - 1; i >= 0; i--) {
      Skb skb = rtx.get(i);
      if (skb.sacked) {
        above += skb.pcount;
      } else if (above >= REORDERING && !skb.everRetransmitted) {
        rtx.markLost(skb);
      }
    }
  }
}
