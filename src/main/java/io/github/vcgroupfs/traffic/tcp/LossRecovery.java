package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;

/**
 * The timers of a sender and what it sends again: retransmission timeout, tail loss probe, zero
 * window probe and the repair of losses ({@code net/ipv4/tcp_timer.c}, {@code tcp_recovery.c},
 * {@code tcp_output.c}). Not thread-safe.
 */
final class LossRecovery {
  /** {@code icsk_pending}: what the one timer is set for. */
  private enum Pending {
    NOTHING,
    RETRANSMIT,
    LOSS_PROBE,
    WINDOW_PROBE,
    REORDERING
  }

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

  /** {@code tcp_orphan_retries}: of an orphan whose other end still answers. */
  private static final int ORPHAN_RETRIES = 8;

  /** How long that is for retransmissions: {@code tcp_model_timeout}. */
  private static final long ORPHAN_NS = ((2L << ORPHAN_RETRIES) - 1) * 200_000_000;

  private final SendState state;
  private final Transmission transmission;
  private final RtxQueue rtx;
  private final RttEstimator rtt;
  private final LossDetector detector;
  private final Retransmission again;
  private final SockTimer timer;
  private Pending pending = Pending.NOTHING;
  private State phase = State.OPEN;
  private int probeBackoff;

  /** {@code retrans_stamp}: when the timeouts in a row began, or -1. */
  private long timeoutsSinceNs = -1;

  /** {@code tlp_high_seq}: where the tail loss probe in flight ends, or -1. */
  private long probedSeq = -1;

  private boolean probeWasRetransmission;
  private long highSeq;

  /** Whether a timeout may have been too early, which what is acknowledged next will tell. */
  private boolean frto;

  /** {@code icsk_retransmits}: timeouts since something new was acknowledged. */
  private int timeouts;

  /**
   * Whether something was selectively acknowledged, sent again or lost: {@code TCP_CA_Disorder}.
   */
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
    this.timer = new SockTimer(state.path, state.constants, this::timeout, state.sk::reclaim);
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

  private void set(Pending what, long ticks) {
    pending = what;
    timer.set(ticks);
  }

  private void clear(Pending what) {
    if (pending == what) {
      pending = Pending.NOTHING;
      timer.clear();
    }
  }

  /** {@code tcp_rearm_rto}. */
  void rearmRto() {
    if (rtx.packetsOut() == 0) {
      pending = Pending.NOTHING;
      timer.clear();
      return;
    }
    long ticks = rtt.rtoTicks();
    if (pending == Pending.REORDERING || pending == Pending.LOSS_PROBE) {
      ticks = rtt.ticks(Math.max(rtoLeftUs(), 1));
    }
    set(Pending.RETRANSMIT, ticks);
  }

  /** {@code tcp_rto_delta_us}: how long until the head has been out for the timeout. */
  private long rtoLeftUs() {
    long expiresNs = rtx.get(0).sentNs + rtt.rtoTicks() * state.constants.jiffyNs();
    return (expiresNs - state.nowNs()) / 1000;
  }

  /** A buffer was sent for the first time: {@code tcp_event_new_data_sent}. */
  void newDataSent(boolean wasIdle) {
    if (wasIdle || pending == Pending.LOSS_PROBE) {
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
    set(Pending.LOSS_PROBE, rtt.ticks(us));
    return true;
  }

  /**
   * Something waits, nothing is in flight, and the window is closed: {@code tcp_check_probe_timer}.
   */
  void checkProbeTimer() {
    if (rtx.packetsOut() == 0 && pending == Pending.NOTHING) {
      set(Pending.WINDOW_PROBE, probeTicks());
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
      clear(Pending.WINDOW_PROBE);
    } else {
      set(Pending.WINDOW_PROBE, probeTicks());
    }
  }

  /** {@code tcp_probe0_when}. */
  private long probeTicks() {
    return Math.min(rtt.rtoTicks() << probeBackoff, RTO_MAX_TICKS);
  }

  private void timeout() {
    Pending what = pending;
    switch (what) {
      case NOTHING -> {}
      case RETRANSMIT -> {
        pending = Pending.NOTHING;
        retransmissionTimeout();
      }
      case LOSS_PROBE -> sendLossProbe();
      case WINDOW_PROBE -> {
        pending = Pending.NOTHING;
        probeWindow();
      }
      case REORDERING -> reorderingTimeout();
    }
    state.sk.reclaim(); // tcp_write_timer_handler ends so
  }

  /** {@code tcp_retransmit_timer}. */
  private void retransmissionTimeout() {
    if (rtx.packetsOut() == 0 || isOrphanGivenUp()) {
      return;
    }
    enterLoss();
    again.head();
    rtt.backOff();
    set(Pending.RETRANSMIT, rtt.rtoTicks());
  }

  /** {@code tcp_write_timeout} of a socket that no program has. */
  private boolean isOrphanGivenUp() {
    if (!state.end.closing().isOrphan()) {
      return false;
    }
    long nowNs = state.nowNs();
    timeoutsSinceNs = timeoutsSinceNs < 0 ? nowNs : timeoutsSinceNs;
    if (state.end.closing().isOutOfResources()) {
      return true;
    }
    if (nowNs - timeoutsSinceNs < ORPHAN_NS) {
      return false;
    }
    state.end.closing().giveUp();
    return true;
  }

  /** {@code tcp_probe_timer} of a socket that no program has, while the window stays closed. */
  private boolean isOrphanProbedEnough() {
    if (!state.end.closing().isOrphan()) {
      return false;
    }
    if (rtt.rtoTicks() << probeBackoff >= RTO_MAX_TICKS && probeBackoff >= ORPHAN_RETRIES) {
      state.end.closing().giveUp();
      return true;
    }
    return state.end.closing().isOutOfResources();
  }

  private void enterLoss() {
    boolean rack = state.constants.has(TcpFeature.RACK);
    boolean reneged = rtx.forgetSackedIfHeadIs();
    for (int i = 0; i < rtx.size(); i++) {
      Skb skb = rtx.get(i);
      if (!skb.sacked && (i == 0 || reneged || !rack || detector.leftNs(skb, 0) <= 0)) {
        rtx.markLost(skb);
      }
    }
    if (phase == State.OPEN || state.sndUna >= highSeq || (phase == State.LOSS && timeouts == 0)) {
      again.startEpisode(state.sndUna);
    }
    state.congestion.enterLoss(rtx.inFlight());
    frto = state.constants.has(TcpFeature.FRTO) && (phase == State.OPEN || timeouts > 0);
    phase = State.LOSS;
    disorder = false;
    timeouts++;
    highSeq = state.sndNxt;
    probedSeq = -1;
  }

  /** {@code tcp_send_loss_probe}. */
  private void sendLossProbe() {
    if (rtx.packetsOut() == 0) {
      pending = Pending.NOTHING;
      return;
    }
    if (probedSeq < 0) {
      probeWasRetransmission = false;
      if (sendNewAsProbe()) {
        probeSent();
      } else if (state.queue.head() == null || !state.headFitsWindow()) {
        if (again.tail()) {
          probeWasRetransmission = true;
          probeSent();
        }
      }
    }
    rearmRto();
  }

  private boolean sendNewAsProbe() {
    int before = rtx.packetsOut();
    if (state.headFitsWindow()) {
      transmission.writeXmit(true, Transmission.Amount.PROBE);
    }
    return rtx.packetsOut() > before;
  }

  private void probeSent() {
    probedSeq = state.sndNxt;
    pending = Pending.NOTHING; // so that the timeout starts now
  }

  /** {@code tcp_probe_timer}, {@code tcp_send_probe0}, {@code tcp_write_wakeup}. */
  private void probeWindow() {
    if (rtx.packetsOut() > 0 || state.queue.isEmpty()) {
      probeBackoff = 0;
      return;
    }
    if (isOrphanProbedEnough()) {
      return;
    }
    transmission.wakeUpWindow();
    if (rtx.packetsOut() > 0 || state.queue.isEmpty()) {
      probeBackoff = 0;
      return;
    }
    probeBackoff = Math.min(probeBackoff + 1, MAX_PROBE_BACKOFF);
    set(Pending.WINDOW_PROBE, probeTicks());
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
    if (pending != Pending.RETRANSMIT) {
      rearmRto();
    }
  }

  /** What an acknowledgement says, for {@link #acknowledged}. */
  record News(
      boolean advanced,
      boolean sacked,
      boolean original,
      boolean duplicate,
      int dsacked,
      long echoNs) {}

  /** {@code high_seq}: what was sent when the state changed last. */
  long highSeq() {
    return highSeq;
  }

  /**
   * An acknowledgement came: {@code tcp_process_tlp_ack}, {@code tcp_fastretrans_alert}. What it
   * asks for is sent by {@link #answer}.
   */
  void acknowledged(News news) {
    long una = state.sndUna;
    demand = Demand.NOTHING;
    timerKept = false;
    timeouts = news.advanced() ? 0 : timeouts;
    if (news.dsacked() > 0) {
      detector.wasTooEager();
      again.duplicates(news.dsacked());
    }
    if (probedSeq >= 0
        && (una > probedSeq
            || (una == probedSeq && (!probeWasRetransmission || news.duplicate())))) {
      probedSeq = -1;
    }
    if (news.advanced()) {
      timeoutsSinceNs = -1;
    }
    if (phase == State.OPEN && !disorder && !news.sacked() && !news.duplicate()) {
      return; // tcp_ack_is_dubious
    }
    if (news.advanced() && rtx.isHeadSacked()) { // tcp_check_sack_reneging
      timerKept = true;
      set(Pending.RETRANSMIT, rtt.ticks(Math.max(rtt.smoothedNs() / 2000, RENEGED_US)));
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
  private void processRecovery(News news) {
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
  private void processLoss(News news) {
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
      set(Pending.RETRANSMIT, rtt.rtoTicks());
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
      probedSeq = -1;
      state.congestion.enterRecovery(rtx.inFlight());
    }
  }

  private void detectLosses() {
    long waitNs = detector.markLost(isOpen());
    if (waitNs > 0) {
      timerKept = true;
      set(Pending.REORDERING, rtt.ticks(waitNs / 1000 + 2_000));
    }
  }
}
