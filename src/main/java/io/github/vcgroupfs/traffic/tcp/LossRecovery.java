package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.traffic.tcp.XmitTimer.Pending;

/**
 * The timers of a sender and what it sends again: retransmission timeout, tail loss probe, zero
 * window probe and the repair of losses ({@code net/ipv4/tcp_timer.c}, {@code tcp_recovery.c},
 * {@code tcp_output.c}). Not thread-safe.
 */
final class LossRecovery {
  /** {@code icsk_ca_state}. */
  private enum State {
    OPEN,
    RECOVERY,
    LOSS
  }

  /** What is to be sent in answer to an acknowledgement. */
  private enum Demand {
    NOTHING,
    LOST,
    NEW
  }

  /** TCP_RESOURCE_PROBE_INTERVAL and the bound of the backoff, {@code tcp_retries2}. */
  private static final int MAX_PROBE_BACKOFF = 15;

  private static final long RTO_MAX_TICKS = 30_000;

  /** {@code tcp_check_sack_reneging}: 10 ms. */
  private static final long RENEGED_US = 10_000;

  private final SendState state;
  private final Transmission transmission;
  private final RtxQueue rtx;
  private final RttEstimator rtt;
  private final LossDetector detector;
  private final Retransmission again;
  private final TailLossProbe probe;
  private final OrphanTimeouts orphans;
  private final XmitTimer timer;
  private State phase = State.OPEN;
  private int probeBackoff;

  private long highSeq;

  /** Whether a timeout may have been too early, which what is acknowledged next will tell. */
  private boolean frto;

  /** {@code icsk_retransmits}: timeouts since something new was acknowledged. */
  private int timeouts;

  /** Whether something was selectively acknowledged, or sent again: {@code TCP_CA_Disorder}. */
  private boolean disorder;

  /** Whether the last acknowledgement set the timer for something of its own. */
  private boolean timerKept;

  /** What the last acknowledgement asks for: REXMIT_NONE, _LOST, _NEW. */
  private Demand demand = Demand.NOTHING;

  LossRecovery(SendState state, Transmission transmission) {
    this.state = state;
    this.transmission = transmission;
    this.rtx = state.rtx;
    this.rtt = state.rtt;
    this.detector = new LossDetector(state);
    this.again = new Retransmission(state, transmission);
    this.probe = new TailLossProbe(state, transmission, again);
    this.orphans = new OrphanTimeouts(state);
    this.timer = new XmitTimer(state, this::timeout);
  }

  void close() {
    timer.stop();
  }

  LossDetector detector() {
    return detector;
  }

  /** Whether no loss is being repaired. */
  boolean isOpen() {
    return phase == State.OPEN;
  }

  /** {@code tcp_rearm_rto}. */
  void rearmRto() {
    if (rtx.packetsOut() == 0) {
      timer.clear();
      return;
    }
    long ticks = rtt.rtoTicks();
    if (timer.isFor(Pending.REORDERING) || timer.isFor(Pending.LOSS_PROBE)) {
      ticks = rtt.ticks(Math.max(rtoLeftUs(), 1));
    }
    timer.set(Pending.RETRANSMIT, ticks);
  }

  /** {@code tcp_rto_delta_us}: how long until the head has been out for the timeout. */
  private long rtoLeftUs() {
    long expiresNs = rtx.get(0).sentNs + rtt.rtoTicks() * state.constants.jiffyNs();
    return (expiresNs - state.nowNs()) / 1000;
  }

  /** A buffer was sent for the first time: {@code tcp_event_new_data_sent}. */
  void newDataSent(boolean wasIdle) {
    if (wasIdle || timer.isFor(Pending.LOSS_PROBE)) {
      rearmRto();
    }
  }

  /**
   * {@code tcp_schedule_loss_probe}.
   *
   * @param advancing whether the timeout starts anew
   * @return whether the timer is set for a probe
   */
  boolean scheduleLossProbe(boolean advancing) {
    if (!state.constants.has(TcpFeature.TAIL_LOSS_PROBE)
        || rtx.packetsOut() == 0
        || phase != State.OPEN
        || disorder) {
      return false;
    }
    long us = rtt.lossProbeUs(rtx.packetsOut());
    long rtoUs = advancing ? rtt.rtoTicks() * state.constants.jiffyNs() / 1000 : rtoLeftUs();
    if (rtoUs > 0) {
      us = Math.min(us, rtoUs);
    }
    timer.set(Pending.LOSS_PROBE, rtt.ticks(us));
    return true;
  }

  /**
   * Something waits, nothing is in flight, and the window is closed: {@code tcp_check_probe_timer}.
   */
  void checkProbeTimer() {
    if (rtx.packetsOut() == 0 && timer.isFor(Pending.NOTHING)) {
      timer.set(Pending.WINDOW_PROBE, probeTicks());
    }
  }

  /** {@code tcp_ack_probe}: an acknowledgement while nothing is in flight. */
  void windowChanged() {
    Skb head = state.queue.head();
    if (head == null) {
      return;
    }
    if (head.endSeq() <= state.windowEnd()) {
      probeBackoff = 0;
      timer.clear(Pending.WINDOW_PROBE);
    } else {
      timer.set(Pending.WINDOW_PROBE, probeTicks());
    }
  }

  private long probeTicks() {
    return Math.min(rtt.rtoTicks() << probeBackoff, RTO_MAX_TICKS); // tcp_probe0_when
  }

  private void timeout(Pending what) {
    switch (what) {
      case NOTHING -> {}
      case RETRANSMIT -> {
        timer.forget();
        retransmissionTimeout();
      }
      case LOSS_PROBE -> probeTail();
      case WINDOW_PROBE -> {
        timer.forget();
        probeWindow();
      }
      case REORDERING -> reorderingTimeout();
    }
    state.sk.reclaim(); // tcp_write_timer_handler ends so
  }

  /** {@code tcp_send_loss_probe}. */
  private void probeTail() {
    if (rtx.packetsOut() == 0) {
      timer.forget();
      return;
    }
    if (probe.send()) {
      timer.forget(); // so that the timeout starts now
    }
    rearmRto();
  }

  /** {@code tcp_retransmit_timer}. */
  private void retransmissionTimeout() {
    if (rtx.packetsOut() == 0 || orphans.isGivenUp()) {
      return;
    }
    enterLoss();
    again.head();
    rtt.backOff();
    timer.set(Pending.RETRANSMIT, rtt.rtoTicks());
  }

  private void enterLoss() {
    detector.markLostByTimeout();
    if (phase == State.OPEN || state.sndUna >= highSeq || (phase == State.LOSS && timeouts == 0)) {
      again.startEpisode(state.sndUna);
    }
    state.congestion.enterLoss(rtx.inFlight());
    frto = state.constants.has(TcpFeature.FRTO) && (phase == State.OPEN || timeouts > 0);
    phase = State.LOSS;
    disorder = false;
    timeouts++;
    highSeq = state.sndNxt;
    probe.forget();
  }

  /** {@code tcp_probe_timer}, {@code tcp_send_probe0}, {@code tcp_write_wakeup}. */
  private void probeWindow() {
    if (rtx.packetsOut() > 0 || state.queue.isEmpty()) {
      probeBackoff = 0;
      return;
    }
    if (orphans.isProbedEnough(probeBackoff, rtt.rtoTicks() << probeBackoff >= RTO_MAX_TICKS)) {
      return;
    }
    transmission.wakeUpWindow();
    if (rtx.packetsOut() > 0 || state.queue.isEmpty()) {
      probeBackoff = 0;
      return;
    }
    probeBackoff = Math.min(probeBackoff + 1, MAX_PROBE_BACKOFF);
    timer.set(Pending.WINDOW_PROBE, probeTicks());
  }

  /** {@code tcp_rack_reo_timeout}. */
  private void reorderingTimeout() {
    int before = rtx.inFlight();
    detectLosses();
    if (rtx.inFlight() != before) {
      enterRecovery();
    }
    if (phase != State.OPEN) {
      again.lost();
    }
    if (!timer.isFor(Pending.RETRANSMIT)) {
      rearmRto();
    }
  }

  /** {@code high_seq}: what was sent when the state changed last. */
  long highSeq() {
    return highSeq;
  }

  /**
   * An acknowledgement came: {@code tcp_process_tlp_ack}, {@code tcp_fastretrans_alert}. What it
   * asks for is sent by {@link #answer}.
   */
  void acknowledged(AckNews news) {
    demand = Demand.NOTHING;
    timerKept = false;
    timeouts = news.advanced() ? 0 : timeouts;
    if (news.dsacked() > 0) {
      detector.wasTooEager();
      again.duplicates(news.dsacked());
    }
    probe.acknowledged(state.sndUna, news.duplicate());
    if (news.advanced()) {
      orphans.answered();
    }
    if (phase == State.OPEN && !disorder && !news.sacked() && !news.duplicate()) {
      return; // tcp_ack_is_dubious
    }
    if (news.advanced() && rtx.isHeadSacked()) { // tcp_check_sack_reneging
      timerKept = true;
      timer.set(Pending.RETRANSMIT, rtt.ticks(Math.max(rtt.smoothedNs() / 2000, RENEGED_US)));
      return;
    }
    if (phase == State.RECOVERY) {
      processRecovery(news);
    } else if (phase == State.LOSS) {
      processLoss(news);
    }
    detectLosses();
    if (phase == State.OPEN && rtx.lostOut() > 0) {
      enterRecovery();
    }
    if (phase == State.RECOVERY) {
      demand = Demand.LOST;
    }
    if (phase == State.OPEN) {
      disorder = rtx.sackedOut() > 0 || rtx.isHeadSentAgain();
      if (!rtx.isHeadSentAgain()) {
        again.over();
      }
    }
  }

  /** {@code tcp_try_undo_recovery}, {@code tcp_try_undo_partial}, {@code tcp_try_undo_dsack}. */
  private void processRecovery(AckNews news) {
    if (state.sndUna >= highSeq) {
      open(again.mayUndo(news.echoNs()));
      return;
    }
    boolean late = news.advanced() && again.isLate(news.echoNs());
    if (late) {
      detector.reordered(0, 1);
    }
    if (late ? rtx.retransOut() == 0 : again.wasInVain()) {
      rtx.unmarkAllLost();
      open(true);
    }
  }

  /** {@code tcp_process_loss}, with F-RTO. */
  private void processLoss(AckNews news) {
    boolean recovered = state.sndUna >= highSeq;
    if ((news.advanced() && again.mayUndo(news.echoNs())) || (frto && news.original())) {
      rtx.unmarkAllLost();
      open(true);
      return;
    }
    if (frto) {
      if (state.sndNxt > highSeq) {
        frto = !news.sacked() && !news.duplicate();
      } else if (news.advanced() && !recovered) {
        highSeq = state.sndNxt;
        if (!state.queue.isEmpty() && state.windowEnd() > state.sndNxt) {
          demand = Demand.NEW;
          return;
        }
        frto = false;
      }
    }
    if (recovered) {
      open(again.mayUndo(news.echoNs()));
    } else {
      demand = Demand.LOST;
    }
  }

  /** {@code tcp_set_xmit_timer}: something new was acknowledged. */
  void restartTimer() {
    if (!timerKept && !scheduleLossProbe(true)) {
      rearmRto();
    }
  }

  private void open(boolean spurious) {
    phase = State.OPEN;
    detector.repaired();
    if (spurious) {
      again.undone();
    }
    state.congestion.recovered(spurious);
  }

  /** {@code tcp_xmit_recovery}. */
  void answer() {
    if (demand == Demand.NEW) {
      transmission.pushPending(true);
      if (state.sndNxt > highSeq) {
        return;
      }
      frto = false;
    }
    if (demand != Demand.NOTHING && again.lost()) {
      timer.set(Pending.RETRANSMIT, rtt.rtoTicks());
    }
  }

  boolean inLoss() {
    return phase == State.LOSS;
  }

  private void enterRecovery() {
    if (phase == State.OPEN) {
      phase = State.RECOVERY;
      highSeq = state.sndNxt;
      disorder = false;
      again.startEpisode(state.sndUna);
      probe.forget();
      state.congestion.enterRecovery(rtx.inFlight());
    }
  }

  private void detectLosses() {
    long waitNs = detector.markLost(isOpen());
    if (waitNs > 0) {
      timerKept = true;
      timer.set(Pending.REORDERING, rtt.ticks(waitNs / 1000 + 2_000));
    }
  }
}
