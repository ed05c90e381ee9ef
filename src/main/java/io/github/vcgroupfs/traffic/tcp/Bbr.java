package io.github.vcgroupfs.traffic.tcp;

import java.util.function.IntSupplier;

/**
 * A model of the path decides the window and the pace: {@code net/ipv4/tcp_bbr.c}. Bandwidth is in
 * segments a nanosecond. Not thread-safe.
 *
 * <p>Left out: the detection of policers ({@code bbr_lt_bw}), which needs steady losses; and the
 * random first phase of a cycle, which is always the first that does not probe.
 */
final class Bbr implements Congestion {
  private enum Mode {
    STARTUP,
    DRAIN,
    PROBE_BANDWIDTH,
    PROBE_RTT
  }

  /** bbr_high_gain, bbr_drain_gain, bbr_cwnd_gain. */
  private static final double HIGH_GAIN = 2.885;

  private static final double DRAIN_GAIN = 1000 / 2885.0;
  private static final double CWND_GAIN = 2;

  /** bbr_pacing_gain: a cycle of eight phases. */
  private static final double[] CYCLE = {1.25, 0.75, 1, 1, 1, 1, 1, 1};

  /** bbr_full_bw_thresh, bbr_full_bw_cnt, bbr_bw_rtts, bbr_cwnd_min_target. */
  private static final double FULL_GROWTH = 1.25;

  private static final int FULL_ROUNDS = 3;
  private static final int BANDWIDTH_ROUNDS = 10;
  private static final int MIN_CWND = 4;

  /** bbr_min_rtt_win_sec, bbr_probe_rtt_mode_ms. */
  private static final long MIN_RTT_WINDOW_NS = 10_000_000_000L;

  private static final long PROBE_RTT_NS = 200_000_000;

  /** bbr_extra_acked_win_rtts, bbr_extra_acked_max_us. */
  private static final int EXTRA_ROUNDS = 5;

  private static final long EXTRA_MAX_NS = 100_000_000;

  /** bbr_pacing_margin_percent. */
  private static final double MARGIN = 0.99;

  /** {@code bbr_quantization_budget}: bursts that have room in the window besides. */
  private static final int BUDGET_BURSTS = 3;

  /** bbr_min_tso_rate, bytes a second: below it a burst may be a single segment. */
  private static final long MIN_TSO_RATE = 1_200_000 / 8;

  /** {@code bbr_tso_segs_goal}: segments of a burst at most. */
  private static final int BURST_MAX = 127;

  /** Headers and options that pacing counts: {@code tcp_mss_to_mtu}. */
  private static final int HEADER_BYTES = 52;

  /** TCP round trip of the handshake on loopback, as measured on the referee: 46 µs. */
  private static final long HANDSHAKE_NS = 46_000;

  /**
   * Bytes a second that a processor can bring through loopback: TCP_INFO of the referee shows a
   * delivery rate of 6,548 MB/s where nothing else holds it back.
   */
  private static final double LOOPBACK_RATE = 6.5e9;

  private final IntSupplier mss;
  private final MaxFilter bandwidth = new MaxFilter(BANDWIDTH_ROUNDS);
  private Mode mode = Mode.STARTUP;
  private int cwnd = INITIAL;
  private int priorCwnd;
  private double pace;
  private long nextRoundDelivered;
  private int round;
  private boolean roundStart;
  private double fullBandwidth;
  private int fullRounds;
  private boolean full;
  private int cycle;
  private long cycleNs;
  private long minRttNs;
  private long minRttSinceNs;
  private long probeRttUntilNs;
  private boolean conserves;
  private boolean entersRecovery;
  private boolean recovering;
  private final int[] extraAcked = new int[2];
  private int extraIndex;
  private int extraRounds;
  private long epochNs;
  private int epochAcked;

  /**
   * A path of which only the handshake is known.
   *
   * @param mss bytes of a segment
   */
  Bbr(long rttNs, IntSupplier mss) {
    this.mss = mss;
    long handshakeNs = Math.max(rttNs, HANDSHAKE_NS);
    this.minRttNs = handshakeNs;
    this.pace = HIGH_GAIN * INITIAL / handshakeNs * MARGIN;
  }

  @Override
  public int cwnd() {
    return mode == Mode.PROBE_RTT ? Math.min(cwnd, MIN_CWND) : cwnd;
  }

  @Override
  public boolean inSlowStart() {
    return true; // it never sets ssthresh
  }

  @Override
  public long pacingRate(int mssBytes) {
    return Math.max(1, (long) Math.min(pace * (mssBytes + HEADER_BYTES) * 1e9, LOOPBACK_RATE));
  }

  @Override
  public void acknowledged(RateSample sample) {
    updateBandwidth(sample);
    updateExtraAcked(sample);
    updateCycle(sample);
    checkFull(sample);
    checkDrain(sample);
    updateMinRtt(sample);
    double gain = pacingGain();
    double rate = bandwidth.max() * gain * MARGIN;
    if (full || rate > pace) {
      pace = rate;
    }
    setCwnd(sample);
  }

  @Override
  public void acknowledgedInLoss(RateSample sample) {
    acknowledged(sample);
  }

  /** {@code bbr_update_bw}. */
  private void updateBandwidth(RateSample sample) {
    roundStart = false;
    if (sample.priorDelivered() >= nextRoundDelivered) {
      nextRoundDelivered = sample.delivered();
      round++;
      roundStart = true;
      conserves = false;
    }
    double rate = (double) (sample.delivered() - sample.priorDelivered()) / sample.intervalNs();
    if (!sample.appLimited() || rate >= bandwidth.max()) {
      bandwidth.add(round, rate);
    }
  }

  /** {@code bbr_update_ack_aggregation}. */
  private void updateExtraAcked(RateSample sample) {
    if (roundStart && ++extraRounds >= EXTRA_ROUNDS) {
      extraRounds = 0;
      extraIndex ^= 1;
      extraAcked[extraIndex] = 0;
    }
    double expected = bandwidth.max() * (sample.nowNs() - epochNs);
    if (epochAcked <= expected) {
      epochAcked = 0;
      epochNs = sample.nowNs();
      expected = 0;
    }
    epochAcked += sample.acked();
    int extra = Math.min((int) (epochAcked - expected), cwnd);
    extraAcked[extraIndex] = Math.max(extraAcked[extraIndex], extra);
  }

  /** {@code bbr_update_cycle_phase}. */
  private void updateCycle(RateSample sample) {
    if (mode != Mode.PROBE_BANDWIDTH) {
      return;
    }
    boolean whole = sample.nowNs() - cycleNs > minRttNs;
    double gain = CYCLE[cycle];
    int before = sample.inFlight() + sample.acked();
    boolean next =
        gain == 1
            ? whole
            : gain > 1 ? whole && before >= inflight(gain) : whole || before <= inflight(1);
    if (next) {
      advanceCycle(sample.nowNs());
    }
  }

  private void advanceCycle(long nowNs) {
    cycle = (cycle + 1) % CYCLE.length;
    cycleNs = nowNs;
  }

  /** {@code bbr_check_full_bw_reached}. */
  private void checkFull(RateSample sample) {
    if (full || !roundStart || sample.appLimited()) {
      return;
    }
    if (bandwidth.max() >= fullBandwidth * FULL_GROWTH) {
      fullBandwidth = bandwidth.max();
      fullRounds = 0;
      return;
    }
    full = ++fullRounds >= FULL_ROUNDS;
  }

  /** {@code bbr_check_drain}. */
  private void checkDrain(RateSample sample) {
    if (mode == Mode.STARTUP && full) {
      mode = Mode.DRAIN;
    }
    if (mode == Mode.DRAIN && sample.inFlight() <= inflight(1)) {
      probeBandwidth(sample.nowNs());
    }
  }

  private void probeBandwidth(long nowNs) {
    mode = Mode.PROBE_BANDWIDTH;
    cycle = 1;
    advanceCycle(nowNs);
  }

  /** {@code bbr_update_min_rtt}. */
  private void updateMinRtt(RateSample sample) {
    boolean expired = sample.nowNs() - minRttSinceNs > MIN_RTT_WINDOW_NS;
    if (sample.rttNs() < minRttNs || expired) {
      minRttNs = sample.rttNs();
      minRttSinceNs = sample.nowNs();
    }
    if (expired && mode != Mode.PROBE_RTT) {
      mode = Mode.PROBE_RTT;
      probeRttUntilNs = sample.nowNs() + PROBE_RTT_NS;
    } else if (mode == Mode.PROBE_RTT && sample.nowNs() > probeRttUntilNs) {
      minRttSinceNs = sample.nowNs();
      if (full) {
        probeBandwidth(sample.nowNs());
      } else {
        mode = Mode.STARTUP;
      }
    }
  }

  private double pacingGain() {
    return switch (mode) {
      case STARTUP -> HIGH_GAIN;
      case DRAIN -> DRAIN_GAIN;
      case PROBE_BANDWIDTH -> CYCLE[cycle];
      case PROBE_RTT -> 1;
    };
  }

  private double windowGain() {
    return switch (mode) {
      case STARTUP, DRAIN -> HIGH_GAIN;
      case PROBE_BANDWIDTH -> CWND_GAIN;
      case PROBE_RTT -> 1;
    };
  }

  private int bandwidthDelay(double gain) {
    return (int) Math.ceil(bandwidth.max() * minRttNs * gain);
  }

  /** {@code bbr_tso_segs_goal}. */
  private int burstGoal() {
    int bytes = mss.getAsInt();
    long rate = pacingRate(bytes);
    int goal = BurstSize.goal(rate, bytes, rate < MIN_TSO_RATE ? 1 : BurstSize.MIN_SEGMENTS);
    return Math.min(goal, BURST_MAX);
  }

  /** {@code bbr_quantization_budget}. */
  private int withBudget(int segments) {
    int even = (segments + BUDGET_BURSTS * burstGoal() + 1) & ~1;
    return mode == Mode.PROBE_BANDWIDTH && cycle == 0 ? even + 2 : even;
  }

  private int inflight(double gain) {
    return withBudget(bandwidthDelay(gain));
  }

  /** {@code bbr_set_cwnd}. */
  private void setCwnd(RateSample sample) {
    if (sample.losses() > 0) {
      cwnd = Math.max(cwnd - sample.losses(), 1);
    }
    if (entersRecovery) { // bbr_set_cwnd_to_recover_or_restore
      entersRecovery = false;
      conserves = true;
      nextRoundDelivered = sample.delivered();
      cwnd = sample.inFlight() + sample.acked();
    }
    if (conserves) {
      cwnd = Math.max(cwnd, sample.inFlight() + sample.acked());
      return;
    }
    int target = bandwidthDelay(windowGain());
    if (full) {
      int most = (int) (bandwidth.max() * EXTRA_MAX_NS);
      target += Math.min(Math.max(extraAcked[0], extraAcked[1]), most);
    }
    target = withBudget(target);
    if (full) {
      cwnd = Math.min(cwnd + sample.acked(), target);
    } else if (cwnd < target || sample.delivered() < INITIAL) {
      cwnd += sample.acked();
    }
    cwnd = Math.max(cwnd, MIN_CWND);
  }

  @Override
  public void enterLoss(int inFlight) {
    save();
    fullBandwidth = 0;
    cwnd = inFlight + 1;
  }

  @Override
  public void enterRecovery(int inFlight) {
    save();
    entersRecovery = true;
  }

  /** {@code bbr_save_cwnd}. */
  private void save() {
    priorCwnd = recovering ? Math.max(priorCwnd, cwnd) : cwnd;
    recovering = true;
  }

  @Override
  public void recovered(boolean spurious) {
    if (spurious) { // bbr_undo_cwnd
      fullBandwidth = 0;
      fullRounds = 0;
    }
    if (recovering) {
      recovering = false;
      conserves = false;
      entersRecovery = false;
      cwnd = Math.max(cwnd, priorCwnd);
    }
  }
}
