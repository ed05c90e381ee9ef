package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.CongestionControl;

/** How much may be in flight, and how fast it may be sent: {@code struct tcp_congestion_ops}. */
interface Congestion {
  /** TCP_INIT_CWND: segments. */
  int INITIAL = 10;

  /** No pacing. */
  long UNPACED = Long.MAX_VALUE;

  /** The profile's; the round trip is that of the handshake, nanoseconds. */
  static Congestion of(CongestionControl control, long rttNs) {
    return switch (control) {
      case CUBIC -> new Cubic();
      case BBR -> new Bbr(rttNs);
    };
  }

  /** The congestion window, segments. */
  int cwnd();

  /** Bytes a second, for segments of that size. */
  long pacingRate(int mssBytes);

  /** Segments were delivered, and no loss is being repaired by the timer. */
  void acknowledged(RateSample sample);

  /** The same while everything that was in flight when the timer fired is sent again. */
  void acknowledgedInLoss(RateSample sample);

  /** The retransmission timer fired: {@code tcp_enter_loss}. */
  void enterLoss(int inFlight);

  /** A segment is taken for lost: {@code tcp_enter_recovery}. */
  void enterRecovery(int inFlight);

  /**
   * Everything that was in flight at the loss is acknowledged.
   *
   * @param spurious whether nothing had been lost
   */
  void recovered(boolean spurious);

  /** Nothing had been lost in the last repair, as it turns out: {@code undo_cwnd}. */
  void undo();
}
