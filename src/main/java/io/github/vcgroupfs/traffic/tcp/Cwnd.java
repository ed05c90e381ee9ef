package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.CongestionControl;

/**
 * The congestion window, in segments: slow start and the cubic function ({@code
 * net/ipv4/tcp_cubic.c}), or what of {@code net/ipv4/tcp_bbr.c} moves buffers: the window grows by
 * what is delivered up to a multiple of the bandwidth-delay product. Not thread-safe.
 */
final class Cwnd {
  /** TCP_INIT_CWND. */
  static final int INITIAL = 10;

  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  /** beta 717/1024 and C 0.4 of CUBIC. */
  private static final double BETA = 717 / 1024.0;

  private static final double CUBIC_C = 0.4;

  /** bbr_high_gain 2885/1000, bbr_cwnd_gain 2, bbr_cwnd_min_target 4, bbr_full_bw_thresh 5/4. */
  private static final double HIGH_GAIN = 2.885;

  private static final double CWND_GAIN = 2;
  private static final int MIN_TARGET = 4;
  private static final double FULL_BANDWIDTH_GROWTH = 1.25;
  private static final int FULL_BANDWIDTH_ROUNDS = 3;

  /** bbr_bw_rtts: rounds that the maximum of the bandwidth is taken over. */
  private static final int BANDWIDTH_ROUNDS = 10;

  private final boolean cubic;
  private int cwnd = INITIAL;
  private int ssthresh = UNLIMITED;
  private int prior;
  private boolean recovering;
  private int countedAcks;

  /** CUBIC: the window before the last loss, and when that was. */
  private int lastMax;

  private long epochNs = -1;

  /** BBR: segments delivered; the round; bandwidths as segments per second. */
  private long delivered;

  private long roundEnd;
  private int round;
  private double bandwidth;
  private int bandwidthRound;
  private double fullBandwidth;
  private int fullRounds;

  Cwnd(CongestionControl control) {
    this.cubic = control == CongestionControl.CUBIC;
  }

  /** Segments that may be in flight. */
  int segments() {
    return cwnd;
  }

  /** Segments delivered so far. */
  long delivered() {
    return delivered;
  }

  /**
   * Segments were delivered.
   *
   * @param limited whether the window held the sender back
   * @param inFlight segments still in flight
   * @param sample what the delivery says of the path
   */
  void acknowledged(int segments, boolean limited, int inFlight, Sample sample) {
    delivered += segments;
    if (cubic) {
      if (limited && !recovering) {
        growCubic(segments, sample.nowNs());
      }
      return;
    }
    measure(sample);
    if (recovering) {
      cwnd = Math.max(cwnd, inFlight + segments); // packet conservation
      return;
    }
    int target = bandwidthDelayTarget(sample.minRttNs());
    if (fullRounds >= FULL_BANDWIDTH_ROUNDS) {
      cwnd = Math.min(cwnd + segments, target);
    } else if (cwnd < target || delivered < INITIAL) {
      cwnd += segments;
    }
    cwnd = Math.max(cwnd, MIN_TARGET);
  }

  /**
   * What an acknowledgement says of the path.
   *
   * @param nowNs when it came
   * @param minRttNs the shortest round trip, nanoseconds
   * @param deliveredBefore segments that were delivered when the acknowledged buffer was sent
   * @param intervalNs how long ago that was, nanoseconds
   */
  record Sample(long nowNs, long minRttNs, long deliveredBefore, long intervalNs) {}

  private void measure(Sample sample) {
    if (sample.deliveredBefore() >= roundEnd) {
      roundEnd = delivered;
      round++;
      if (bandwidth >= fullBandwidth * FULL_BANDWIDTH_GROWTH) {
        fullBandwidth = bandwidth;
        fullRounds = 0;
      } else {
        fullRounds++;
      }
    }
    double rate =
        (delivered - sample.deliveredBefore()) * 1e9 / Math.max(1000, sample.intervalNs());
    if (rate >= bandwidth || round - bandwidthRound > BANDWIDTH_ROUNDS) {
      bandwidth = rate;
      bandwidthRound = round;
    }
  }

  /** {@code bbr_target_cwnd}: a multiple of the product, and room for three bursts. */
  private int bandwidthDelayTarget(long minRttNs) {
    double gain = fullRounds >= FULL_BANDWIDTH_ROUNDS ? CWND_GAIN : HIGH_GAIN;
    int target = (int) Math.ceil(bandwidth * minRttNs / 1e9 * gain) + 3 * 2;
    return target + 1 & ~1;
  }

  private void growCubic(int segments, long nowNs) {
    if (cwnd < ssthresh) {
      cwnd = Math.min(cwnd + segments, Math.max(ssthresh, cwnd));
      return;
    }
    if (epochNs < 0) {
      epochNs = nowNs;
    }
    double seconds = (nowNs - epochNs) / 1e9;
    double k = Math.cbrt(Math.max(0, lastMax - cwndAtEpoch()) / CUBIC_C);
    double target = CUBIC_C * Math.pow(seconds - k, 3) + Math.max(lastMax, cwndAtEpoch());
    int needed = target > cwnd ? (int) Math.max(2, cwnd / (target - cwnd)) : 100 * cwnd;
    countedAcks += segments;
    if (countedAcks >= needed) {
      cwnd += countedAcks / needed;
      countedAcks %= needed;
    }
  }

  private int cwndAtEpoch() {
    return ssthresh == UNLIMITED ? cwnd : ssthresh;
  }

  /** The retransmission timer fired: {@code tcp_enter_loss}. */
  void enterLoss(int inFlight) {
    reduce();
    cwnd = inFlight + 1;
  }

  /** A segment is taken for lost: {@code tcp_enter_recovery}. */
  void enterRecovery(int inFlight) {
    reduce();
    cwnd = cubic ? Math.max(ssthresh, 2) : Math.max(inFlight + 1, 1);
  }

  private void reduce() {
    if (!recovering) {
      recovering = true;
      prior = Math.max(cwnd, prior);
      if (cubic) {
        lastMax = cwnd;
        ssthresh = Math.max((int) (cwnd * BETA), 2);
        epochNs = -1;
      }
    }
  }

  /** More may be in flight while the loss is repaired: slow start from one segment. */
  void acknowledgedInLoss(int segments) {
    delivered += segments;
    cwnd = Math.min(cwnd + segments, cubic ? Math.max(ssthresh, cwnd) : UNLIMITED);
  }

  /**
   * Everything that was in flight at the loss is acknowledged.
   *
   * @param spurious whether nothing had been lost: the window is what it was
   */
  void recovered(boolean spurious) {
    if (recovering) {
      recovering = false;
      if (spurious) {
        cwnd = Math.max(cwnd, prior);
        ssthresh = UNLIMITED;
      } else {
        cwnd = cubic ? Math.max(ssthresh, 2) : Math.max(cwnd, prior);
      }
      prior = 0;
    }
  }
}
