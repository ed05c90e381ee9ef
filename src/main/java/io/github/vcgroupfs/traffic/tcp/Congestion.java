package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.CongestionControl;
import java.util.function.IntSupplier;

/** How much may be in flight, and how fast it may be sent: {@code struct tcp_congestion_ops}. */
interface Congestion {
  /** TCP_INIT_CWND: segments. */
  int INITIAL = 10;

  /** No pacing. */
  long UNPACED = Long.MAX_VALUE;

  /**
   * The profile's.
   *
   * @param rttNs round trip of the handshake, nanoseconds
   * @param mss bytes of a segment
   */
  static Congestion of(CongestionControl control, long rttNs, IntSupplier mss) {
    return switch (control) {
      case CUBIC -> new Cubic();
      case BBR -> new Bbr(rttNs, mss);
    };
  }

  /** The congestion window, segments. */
  int cwnd();

  /** {@code tcp_in_slow_start}. */
  boolean inSlowStart();

  /** Bytes a second, for segments of that size. */
  long pacingRate(int mssBytes);

  /**
   * Bytes a second that a burst is sized for, paced or not: {@code sk_pacing_rate}.
   *
   * @param roundTripNs the smoothed round trip
   */
  default long burstRate(int mssBytes, long roundTripNs, int packetsOut) {
    return pacingRate(mssBytes);
  }

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
}
