package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;

/**
 * Tells which buffers are lost: by time from 4.4 on ({@code tcp_rack_mark_lost}), by what arrived
 * behind them before ({@code tcp_mark_head_lost}).
 */
final class LossDetector {
  /** {@code sysctl_tcp_reordering}: the duplicates that mean a loss. */
  static final int REORDERING = 3;

  /** {@code sysctl_tcp_max_reordering}. */
  private static final int MAX_REORDERING = 300;

  /** TCP_RACK_RECOVERY_THRESH: repairs for which a wait that was too short stays longer. */
  private static final int PERSISTENCE = 16;

  private static final int MAX_STEPS = 255;

  private final SendState state;

  /** {@code reord_seen}: whether packets have overtaken each other. */
  private boolean reorderingSeen;

  /** {@code tp->reordering}: how many segments a packet may be behind. */
  private int reordering = REORDERING;

  /** {@code reo_wnd_steps}: how many quarters of a round trip a packet may be late. */
  private int steps = 1;

  private int persistence;

  /** {@code rack.last_delivered}: nothing is learned from what was sent before. */
  private long adjustedNs;

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
    boolean eager = !reorderingSeen && (!open || rtx.sackedOut() >= REORDERING);
    long windowNs = // tcp_rack_reo_wnd
        eager ? 0 : Math.min(state.rtt.minRttNs() / 4 * steps, state.rtt.smoothedNs());
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

  /**
   * Packets have overtaken each other: {@code tcp_check_sack_reordering}.
   *
   * @param bytes by how much
   */
  void reordered(int bytes, int mss) {
    reorderingSeen = true;
    reordering = Math.min(Math.max(reordering, (bytes + mss - 1) / mss), MAX_REORDERING);
  }

  /** Something was sent again that was not lost: {@code tcp_rack_update_reo_wnd}. */
  void wasTooEager() {
    if (reorderingSeen && state.nowNs() - adjustedNs >= state.rtt.smoothedNs()) {
      adjustedNs = state.nowNs();
      steps = Math.min(steps + 1, MAX_STEPS);
      persistence = PERSISTENCE;
    }
  }

  /** Something was repaired: {@code tcp_try_undo_recovery}. */
  void repaired() {
    if (persistence > 0) {
      persistence--;
    }
    if (persistence == 0) {
      steps = 1;
    }
  }

  /** {@code tcp_timeout_mark_lost}: all that a timeout takes for lost. */
  void markLostByTimeout() {
    boolean rack = state.constants.has(TcpFeature.RACK);
    boolean reneged = state.rtx.forgetSackedIfHeadIs();
    for (int i = 0; i < state.rtx.size(); i++) {
      Skb skb = state.rtx.get(i);
      if (!skb.sacked && (i == 0 || reneged || !rack || leftNs(skb, 0) <= 0)) {
        state.rtx.markLost(skb);
      }
    }
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
      } else if (above >= reordering && !skb.everRetransmitted) {
        rtx.markLost(skb);
      }
    }
  }
}
