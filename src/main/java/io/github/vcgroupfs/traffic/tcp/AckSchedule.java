package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;

/** When a receiver acknowledges: {@code struct inet_connection_sock icsk_ack}. Not thread-safe. */
final class AckSchedule {
  /** TCP_ATO_MIN and TCP_DELACK_MIN: HZ / 25. */
  private static final int ATO_MIN_MS = 40;

  /** TCP_DELACK_MAX: HZ / 5. */
  private static final int DELACK_MAX_MS = 200;

  /** TCP_MAX_QUICKACKS. */
  private static final int MAX_QUICKACKS = 16;

  private static final int TCP_PINGPONG_THRESH = 3;

  private static final int RTO_MIN_MS = RttEstimator.RTO_MIN_US / 1000;

  private static final long MS = 1_000_000;

  /** {@code sysctl_tcp_invalid_ratelimit}: HZ / 2 between answers to probes. */
  private static final long PROBE_ANSWER_NS = 500 * MS;

  private final long jiffyNs;
  private final SockTimer timer;

  // pending bits: ICSK_ACK_SCHED, _NOW, _NOMEM, _PUSHED, _PUSHED2
  private boolean scheduled;
  private boolean now;
  private boolean noMemory;
  private boolean pushed;
  private boolean pushedTwice;

  /** {@code icsk_ack.pingpong}: how often an answer came soon; in that mode ACKs wait for it. */
  private int pingPong;

  private final int pingPongThreshold;
  private long lastAnswerNs = -1;

  private int atoMs;
  private int quick;
  private long lastDataNs;
  private long lastProbeAnswerNs = -PROBE_ANSWER_NS;

  /**
   * Nothing to acknowledge.
   *
   * @param timeout what the delayed-ACK timer does
   */
  AckSchedule(NetworkPath path, TcpConstants constants, Runnable timeout) {
    this.jiffyNs = constants.jiffyNs();
    this.timer = new SockTimer(path, jiffyNs, timeout);
    this.pingPongThreshold =
        constants.has(TcpFeature.PING_PONG_AFTER_THREE) ? TCP_PINGPONG_THRESH : 1;
  }

  /** {@code inet_csk_ack_scheduled}. */
  boolean isScheduled() {
    return scheduled;
  }

  void schedule() {
    scheduled = true;
  }

  void scheduleNow() {
    scheduled = true;
    now = true;
  }

  /** A segment was refused: the next window is zero. */
  void refused() {
    scheduleNow();
    noMemory = true;
  }

  boolean isOutOfMemory() {
    return noMemory;
  }

  /** Whether every segment is acknowledged, or this one is. */
  boolean isImmediate() {
    return (quick > 0 && !inPingPong()) || now;
  }

  /** Whether a small segment came, after which a reader's progress is told. */
  boolean isPushed() {
    return pushedTwice || (pushed && !inPingPong());
  }

  /** {@code tcp_event_data_recv}; true if the gap before it was longer than the timeout. */
  boolean dataArrived(long nowNs, int rcvWnd, int rcvMss) {
    boolean gap = false;
    scheduled = true;
    if (atoMs == 0) {
      increaseQuick(rcvWnd, rcvMss);
      atoMs = ATO_MIN_MS;
    } else {
      long gapMs = (nowNs - lastDataNs) / MS;
      if (gapMs <= ATO_MIN_MS / 2) {
        atoMs = (atoMs >> 1) + ATO_MIN_MS / 2;
      } else if (gapMs < atoMs) {
        atoMs = (int) Math.min((atoMs >> 1) + gapMs, RTO_MIN_MS);
      } else if (gapMs > RTO_MIN_MS) {
        increaseQuick(rcvWnd, rcvMss);
        gap = true;
      }
    }
    lastDataNs = nowNs;
    return gap;
  }

  /** {@code tcp_measure_rcv_mss}: a small segment, or one that ends a write. */
  void push(boolean small) {
    pushedTwice |= small && pushed;
    pushed = true;
  }

  /** {@code tcp_incr_quickack}. */
  private void increaseQuick(int rcvWnd, int rcvMss) {
    int quickacks = rcvWnd / (2 * rcvMss);
    quick = Math.max(quick, Math.min(quickacks == 0 ? 2 : quickacks, MAX_QUICKACKS));
  }

  /** {@code tcp_enter_quickack_mode}. */
  void enterQuick(int rcvWnd, int rcvMss) {
    increaseQuick(rcvWnd, rcvMss);
    pingPong = 0;
    atoMs = ATO_MIN_MS;
  }

  /** The window grew: {@code tcp_grow_window}. */
  void atLeastOneQuick() {
    quick |= 1;
  }

  /** Less than half of the space is free: {@code __tcp_select_window}. */
  void endQuick() {
    quick = 0;
  }

  /** {@code tcp_send_delayed_ack}: an older timer comes first. */
  void delay(long smoothedRttNs) {
    if (!timer.isSet()) {
      long most = Math.min(Math.max(smoothedRttNs / MS, ATO_MIN_MS), DELACK_MAX_MS);
      timer.set(Math.max(Math.min(atoMs, most), ATO_MIN_MS) * MS / jiffyNs);
    }
  }

  private boolean inPingPong() {
    return pingPong >= pingPongThreshold;
  }

  /** {@code inet_csk_enter_pingpong_mode}. */
  void enterPingPong() {
    pingPong = pingPongThreshold;
  }

  /**
   * Data is sent. Soon after data came, it is an answer: {@code tcp_event_data_sent}. Kernels that
   * count answers count the first one for each piece of data only.
   */
  void answered(long nowNs) {
    boolean first = pingPongThreshold == 1 || lastAnswerNs < lastDataNs;
    if (first && (nowNs / jiffyNs - lastDataNs / jiffyNs) * jiffyNs < atoMs * MS) {
      pingPong = Math.min(pingPong + 1, pingPongThreshold);
    }
    lastAnswerNs = nowNs;
  }

  /** {@code tcp_oow_rate_limited}: whether a probe is answered now. */
  boolean mayAnswerProbe(long nowNs) {
    if (nowNs - lastProbeAnswerNs < PROBE_ANSWER_NS) {
      return false;
    }
    lastProbeAnswerNs = nowNs;
    return true;
  }

  /** The delayed-ACK timer was too early for the reader: {@code tcp_delack_timer_handler}. */
  void missed() {
    if (inPingPong()) {
      pingPong = 0;
      atoMs = ATO_MIN_MS;
      return;
    }
    atoMs = Math.min(atoMs << 1, RTO_MIN_MS);
  }

  /** {@code tcp_event_ack_sent}. */
  void sent() {
    if (quick > 0) {
      quick -= scheduled ? 1 : 0;
      if (quick == 0) {
        atoMs = ATO_MIN_MS;
      }
    }
    scheduled = false;
    now = false;
    noMemory = false;
    pushed = false;
    pushedTwice = false;
    timer.clear();
  }

  void close() {
    timer.clear();
  }
}
