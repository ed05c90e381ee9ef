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

  /** Timestamps count milliseconds. */
  private static final long MS = 1_000_000;

  /** TCP_RESOURCE_PROBE_INTERVAL and the bound of the backoff, {@code tcp_retries2}. */
  private static final int MAX_PROBE_BACKOFF = 15;

  private static final long RTO_MAX_TICKS = 30_000;

  /** {@code tcp_orphan_retries}: of an orphan whose other end still answers. */
  private static final int ORPHAN_RETRIES = 8;

  /** How long that is for retransmissions: {@code tcp_model_timeout}. */
  private static final long ORPHAN_NS = ((2L << ORPHAN_RETRIES) - 1) * 200_000_000;

  private final SendState state;
  private final Transmission transmission;
  private final RtxQueue rtx;
  private final RttEstimator rtt;
  private final LossDetector detector;
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
  private boolean retransmittedInEpisode;

  /** {@code undo_retrans}: segments sent again of which it is open whether they were lost. */
  private int undecided;

  /** Whether the last reduction may still be taken back: {@code undo_marker}. */
  private boolean mayUndo;

  /** {@code retrans_stamp}: when the first segment of the repair was sent again; or -1. */
  private long repairedSinceNs = -1;

  LossRecovery(SendState state, Transmission transmission) {
    this.state = state;
    this.transmission = transmission;
    this.rtx = state.rtx;
    this.rtt = state.rtt;
    this.detector = new LossDetector(state);
    this.timer = new SockTimer(state.path, state.constants.jiffyNs(), this::timeout);
  }

  void close() {
    timer.clear();
  }

  LossDetector detector() {
    return detector;
  }

  /** Segments came twice, so they were sent again in vain: {@code tcp_try_undo_dsack}. */
  void duplicates(int segments) {
    if (segments == 0) {
      return;
    }
    detector.wasTooEager();
    if (mayUndo && undecided > 0) {
      undecided = Math.max(0, undecided - segments);
      if (undecided == 0) {
        undo();
      }
    }
  }

  /**
   * An acknowledgement answers something that was sent before the repair began: it was only late
   * ({@code tcp_packet_delayed}, {@code tcp_try_undo_partial}, {@code tcp_try_undo_loss}).
   */
  void undoIfDelayed(long echoNs, boolean advanced) {
    if (phase != State.OPEN
        && advanced
        && mayUndo
        && repairedSinceNs >= 0
        && echoNs / MS < repairedSinceNs / MS) {
      detector.reordered(0, 1);
      if (rtx.retransOut() == 0 || phase == State.LOSS) {
        rtx.unmarkAllLost();
        undo();
      }
    }
  }

  private void undo() {
    mayUndo = false;
    repairedSinceNs = -1;
    state.congestion.undo();
    if (phase != State.OPEN && rtx.lostOut() == 0) {
      phase = State.OPEN;
      state.congestion.recovered(true);
    }
  }

  private void beginRepair() {
    retransmittedInEpisode = false;
    undecided = 0;
    mayUndo = true;
    repairedSinceNs = -1;
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
        || phase != State.OPEN) {
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
    repair(0, 1);
    rtt.backOff();
    set(Pending.RETRANSMIT, rtt.rtoTicks());
  }

  /** {@code tcp_write_timeout} of a socket that no program has. */
  private boolean isOrphanGivenUp() {
    if (!state.end.isOrphan()) {
      return false;
    }
    long nowNs = state.nowNs();
    timeoutsSinceNs = timeoutsSinceNs < 0 ? nowNs : timeoutsSinceNs;
    if (state.end.isOutOfResources()) {
      return true;
    }
    if (nowNs - timeoutsSinceNs < ORPHAN_NS) {
      return false;
    }
    state.end.giveUp();
    return true;
  }

  /** {@code tcp_probe_timer} of a socket that no program has, while the window stays closed. */
  private boolean isOrphanProbedEnough() {
    if (!state.end.isOrphan()) {
      return false;
    }
    if (rtt.rtoTicks() << probeBackoff >= RTO_MAX_TICKS && probeBackoff >= ORPHAN_RETRIES) {
      state.end.giveUp();
      return true;
    }
    return state.end.isOutOfResources();
  }

  private void enterLoss() {
    boolean rack = state.constants.has(TcpFeature.RACK);
    for (int i = 0; i < rtx.size(); i++) {
      Skb skb = rtx.get(i);
      if (!skb.sacked && (i == 0 || !rack || detector.leftNs(skb, 0) <= 0)) {
        rtx.markLost(skb);
      }
    }
    state.congestion.enterLoss(rtx.inFlight());
    if (phase == State.OPEN) {
      beginRepair();
    } else if (phase != State.LOSS) {
      retransmittedInEpisode = false;
    }
    phase = State.LOSS;
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
        if (retransmitTail()) {
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

  private boolean retransmitTail() {
    int last = rtx.size() - 1;
    if (last < 0) {
      return false;
    }
    Skb skb = rtx.get(last);
    int mss = state.mss();
    if (skb.pcount > 1 && skb.len > (skb.pcount - 1) * mss) {
      rtx.split(last, (skb.pcount - 1) * mss, mss);
      last++;
    }
    return retransmit(last, 1);
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
      retransmitLost();
    }
    if (pending != Pending.RETRANSMIT) {
      rearmRto();
    }
  }

  /**
   * An acknowledgement came: {@code tcp_fastretrans_alert}, {@code tcp_process_loss}, {@code
   * tcp_process_tlp_ack}.
   *
   * @param advanced whether something new was acknowledged
   * @param news whether something new was selectively acknowledged
   * @param duplicate whether it says nothing new at all
   */
  void acknowledged(long ack, boolean advanced, boolean news, boolean duplicate) {
    if (probedSeq >= 0
        && (ack > probedSeq || (ack == probedSeq && (!probeWasRetransmission || duplicate)))) {
      probedSeq = -1;
    }
    if (advanced) {
      timeoutsSinceNs = -1;
    }
    if (phase != State.OPEN && ack >= highSeq) {
      phase = State.OPEN;
      state.congestion.recovered(!retransmittedInEpisode);
      detector.repaired();
    }
    if (advanced || news) {
      detectLosses();
      if (rtx.lostOut() > 0 && phase == State.OPEN) {
        enterRecovery();
      }
    }
    if (phase != State.OPEN) {
      retransmitLost();
    }
  }

  boolean inLoss() {
    return phase == State.LOSS;
  }

  private void enterRecovery() {
    if (phase == State.OPEN) {
      phase = State.RECOVERY;
      highSeq = state.sndNxt;
      beginRepair();
      probedSeq = -1;
      state.congestion.enterRecovery(rtx.inFlight());
    }
  }

  private void detectLosses() {
    long waitNs = detector.markLost(isOpen());
    if (waitNs > 0) {
      set(Pending.REORDERING, rtt.ticks(waitNs / 1000 + 2_000));
    }
  }

  /** {@code tcp_xmit_retransmit_queue}. */
  private void retransmitLost() {
    for (int i = 0; i < rtx.size(); i++) {
      Skb skb = rtx.get(i);
      int room = state.congestion.cwnd() - rtx.inFlight();
      if (room <= 0) {
        return;
      }
      if (skb.lost && !skb.retransmitted && !skb.sacked && !repair(i, room)) {
        return;
      }
    }
  }

  /** {@code tcp_retransmit_skb}: counted as being on its way again, unlike a probe. */
  private boolean repair(int index, int segments) {
    if (!retransmit(index, segments)) {
      return false;
    }
    Skb skb = rtx.get(index);
    rtx.markRetransmitted(skb);
    retransmittedInEpisode = true;
    undecided += skb.pcount;
    repairedSinceNs = repairedSinceNs < 0 ? state.nowNs() : repairedSinceNs;
    return true;
  }

  /** {@code __tcp_retransmit_skb}. */
  private boolean retransmit(int index, int segments) {
    Skb skb = rtx.get(index);
    int mss = state.mss();
    long available = state.windowEnd() - skb.seq;
    if (available <= 0) {
      if (skb.seq != state.sndUna) {
        return false;
      }
      available = mss; // a probe of the closed window
    }
    long len = (long) mss * segments;
    if (len > available) {
      len = available / mss * mss;
      len = len == 0 ? available : len;
    }
    if (skb.len > len) {
      rtx.split(index, (int) len, mss);
    } else {
      skb.unclone();
      rtx.resegment(skb, mss);
      if (skb.len < Math.min(available, mss)) {
        rtx.collapse(index, (int) Math.min(available, mss), state.windowEnd());
      }
    }
    skb.everRetransmitted = true;
    transmission.transmit(skb);
    return true;
  }
}
