package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;

/**
 * Decides what of the queue is sent now, and sends it: {@code tcp_write_xmit}, {@code
 * tcp_transmit_skb}. Not thread-safe.
 */
final class Transmission {
  /** sk_gso_max_size on loopback: GSO_LEGACY_MAX_SIZE less MAX_TCP_HEADER and one. */
  private static final int GSO_MAX_BYTES = 65_536 - 256 - 1;

  /** {@code sysctl_tcp_min_tso_segs}, {@code bbr_min_tso_segs}: segments in a burst at least. */
  private static final int MIN_BURST_SEGMENTS = 2;

  /** A packet that long with its headers is cut in software: {@code gso_features_check}. */
  private static final int SOFTWARE_GSO_BYTES = 65_536 - 14 - 20 - 32;

  /** {@code sysctl_tcp_tso_win_divisor}. */
  private static final int WINDOW_DIVISOR = 3;

  /** How much {@link #writeXmit} may send. */
  enum Amount {
    ALL,
    /** One buffer: {@code tcp_push_one}. */
    ONE,
    /** One buffer, whatever the congestion window: a tail loss probe. */
    PROBE
  }

  private final SendState state;
  private final TcpEnd end;
  private final LossRecovery recovery;
  private final Pacer pacer = new Pacer();
  private boolean pacing;
  private boolean closed;
  private long serial;
  private long lastEchoNs;

  /**
   * The way out of a sender.
   *
   * @param end whose it is
   */
  Transmission(SendState state, TcpEnd end) {
    this.state = state;
    this.end = end;
    this.lastEchoNs = end.recentNs();
    this.recovery = new LossRecovery(state, this);
  }

  LossRecovery recovery() {
    return recovery;
  }

  void close() {
    closed = true;
    recovery.close();
  }

  /** The newest timestamp of the other end: {@code ts_recent}. */
  void echo(long otherSentNs) {
    lastEchoNs = Math.max(lastEchoNs, otherSentNs);
  }

  /** {@code tcp_xmit_size_goal}: bytes that a buffer is filled to. */
  int sizeGoal() {
    int mss = state.mss();
    return Math.max(state.boundToHalfWindow(GSO_MAX_BYTES) / mss * mss, mss);
  }

  /** {@code __tcp_push_pending_frames}. */
  void pushPending(boolean nagleOff) {
    if (!state.queue.isEmpty() && writeXmit(nagleOff, Amount.ALL)) {
      recovery.checkProbeTimer();
    }
  }

  /**
   * {@code tcp_write_xmit}.
   *
   * @return whether something waits and nothing is in flight
   */
  boolean writeXmit(boolean pushes, Amount amount) {
    boolean nagleOff = pushes || state.nodelay;
    int mss = state.mss();
    int burst = Math.max(GSO_MAX_BYTES / mss, MIN_BURST_SEGMENTS); // tcp_tso_segs
    boolean sent = false;
    boolean limited = false;
    Skb skb = state.queue.head();
    while (skb != null && !mustPace()) {
      int quota = Math.min(quota(amount), burst);
      if (quota == 0) {
        limited = true;
        break;
      }
      if (!prepare(skb, quota, nagleOff, amount == Amount.ALL ? burst : 0)) {
        break;
      }
      sendHead(skb);
      sent = true;
      if (amount != Amount.ALL) {
        break;
      }
      skb = state.queue.head();
    }
    limited |= state.rtx.inFlight() >= state.congestion.cwnd();
    if (sent || limited) {
      state.cwndLimited = limited;
    }
    if (sent) {
      if (amount != Amount.PROBE) {
        recovery.scheduleLossProbe(false);
      }
      return false;
    }
    return state.rtx.packetsOut() == 0 && !state.queue.isEmpty();
  }

  /** Makes the head the size it is sent in, if it may be sent at all. */
  private boolean prepare(Skb skb, int quota, boolean nagleOff, int burst) {
    int mss = state.mss();
    if (state.constants.has(TcpFeature.GROWS_BEFORE_SENDING) && quota * mss > skb.len) {
      state.queue.grow(skb, quota * mss - skb.len);
    }
    RtxQueue.setSegments(skb, mss);
    boolean last = skb == state.queue.tail();
    if (!state.headFitsWindow()
        || (skb.pcount == 1 && !nagleAllows(skb, nagleOff || !last))
        || (skb.pcount > 1 && burst > 0 && shouldDefer(skb, burst))) {
      return false;
    }
    int limit = skb.pcount > 1 ? splitPoint(skb, quota, nagleOff) : mss;
    if (skb.len > limit) {
      state.queue.split(skb, limit);
      RtxQueue.setSegments(skb, mss);
    }
    return true;
  }

  /** {@code tcp_cwnd_test}. */
  private int quota(Amount amount) {
    int segments = state.congestion.cwnd();
    int room = segments - state.rtx.inFlight();
    if (room <= 0) {
      return amount == Amount.PROBE ? 1 : 0;
    }
    return Math.min(Math.max(segments >> 1, 1), room);
  }

  /** {@code tcp_pacing_check}; sets the timer. */
  private boolean mustPace() {
    long waitNs = pacer.waitNs(state.nowNs());
    if (waitNs > 0 && !pacing) {
      pacing = true;
      state.path.events().after(waitNs, this::paceEnded);
    }
    return waitNs > 0;
  }

  /** {@code tcp_pace_kick}: in a softirq of its own. */
  private void paceEnded() {
    pacing = false;
    if (!closed) {
      state.path.runTimer(() -> writeXmit(false, Amount.ALL));
    }
  }

  /** {@code tcp_nagle_test}. */
  private boolean nagleAllows(Skb skb, boolean off) {
    return off || skb.fin || skb.len >= state.mss() || !state.isSmallInFlight();
  }

  /** {@code tcp_tso_should_defer}. */
  private boolean shouldDefer(Skb skb, int burst) {
    if (!recovery.isOpen() || skb.fin || state.rtx.isEmpty()) {
      return false;
    }
    int mss = state.mss();
    long sendWindow = state.windowEnd() - skb.seq;
    long congestionWindow = (long) (state.congestion.cwnd() - state.rtx.inFlight()) * mss;
    long limit = Math.min(sendWindow, congestionWindow);
    if (limit >= (long) burst * mss
        || (skb != state.queue.tail() && limit >= skb.len)
        || limit >= Math.min(state.sndWnd, (long) state.congestion.cwnd() * mss) / WINDOW_DIVISOR) {
      return false;
    }
    long thresholdNs = Math.min(state.rtt.smoothedNs() / 2, 1_000_000);
    return state.rtx.get(0).sentNs + state.rtt.smoothedNs() - state.nowNs() <= thresholdNs;
  }

  /** {@code tcp_mss_split_point}. */
  private int splitPoint(Skb skb, int segments, boolean nagleOff) {
    int mss = state.mss();
    long window = state.windowEnd() - skb.seq;
    int most = mss * segments;
    if (most <= window && skb != state.queue.tail()) {
      return most;
    }
    int needed = (int) Math.min(skb.len, window);
    if (most <= needed) {
      return most;
    }
    int partial = needed % mss;
    return partial != 0 && !nagleOff && state.isSmallInFlight() ? needed - partial : needed;
  }

  private void sendHead(Skb skb) {
    boolean wasIdle = state.rtx.packetsOut() == 0;
    state.queue.removeHead();
    state.sndNxt = skb.endSeq();
    if (skb.len < skb.pcount * state.mss()) {
      state.smallEnd = state.sndNxt;
    }
    transmit(skb);
    state.rtx.add(skb);
    recovery.newDataSent(wasIdle);
  }

  /** {@code tcp_transmit_skb}: clones go on their way; a burst that is too long is cut. */
  void transmit(Skb skb) {
    long nowNs = state.nowNs();
    skb.sentNs = nowNs;
    skb.serial = serial++;
    if (skb.len > 0) {
      end.dataSent();
    }
    state.rate.sent(skb, state.rtx.packetsOut() == 0);
    pacer.sent(skb.len, skb.pcount, nowNs, state.congestion.pacingRate(state.mss()));
    boolean cut =
        skb.pcount > 1
            && skb.len >= SOFTWARE_GSO_BYTES
            && state.constants.has(TcpFeature.GROWS_BEFORE_SENDING);
    int step = cut ? skb.mss : skb.len;
    Ack ack = end.piggyback();
    int offset = 0;
    do {
      int bytes = Math.min(step, skb.len - offset);
      Segment segment = cut ? piece(skb, offset, bytes) : clone(skb);
      boolean isPiece = offset > 0;
      offset += step;
      segment.push = skb.push;
      segment.fin = skb.fin && offset >= skb.len;
      segment.echoNs = lastEchoNs;
      segment.sentNs = nowNs;
      segment.ack = ack;
      end.send(segment, isPiece);
    } while (offset < skb.len);
  }

  private Segment clone(Skb skb) {
    skb.share().add();
    Segment segment = new Segment(skb.seq, skb.len, skb.share());
    segment.overheadBytes = skb.overheadBytes();
    segment.truesize = skb.truesize;
    segment.frags = skb.frags();
    segment.mss = skb.pcount == 1 ? skb.len : skb.mss;
    segment.linear = skb.headLen() > 0;
    if (segment.linear && segment.frags == 0) {
      int room = Truesize.headRoom(state.constants, segment.overheadBytes);
      segment.tailroom = Math.max(0, room - skb.headLen());
    }
    return segment;
  }

  /** {@code skb_segment}: a head of its own, the fragments shared. */
  private Segment piece(Skb skb, int offset, int bytes) {
    Segment segment = new Segment(skb.seq + offset, bytes, new Share());
    segment.overheadBytes = state.constants.skbOverheadBytes();
    segment.truesize = bytes + segment.overheadBytes;
    segment.frags = skb.fragsWithin(offset, offset + bytes);
    segment.mss = bytes;
    return segment;
  }

  /** {@code tcp_write_wakeup}: what fits the window, or a byte that was acknowledged already. */
  void wakeUpWindow() {
    Skb head = state.queue.head();
    long room = state.windowEnd() - (head == null ? state.sndNxt : head.seq);
    if (head == null || room <= 0) {
      end.probe();
      return;
    }
    int mss = state.mss();
    state.pushedSeq = Math.max(state.pushedSeq, head.endSeq());
    if (room < head.endSeq() - head.seq || head.len > mss) {
      state.queue.split(head, (int) Math.min(room, mss));
    }
    head.push = true;
    RtxQueue.setSegments(head, mss);
    sendHead(head);
  }
}
