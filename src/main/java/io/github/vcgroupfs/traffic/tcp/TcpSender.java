package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/**
 * The sending end of a connection: {@code tcp_sendmsg_locked} and {@code tcp_ack}. {@link
 * SendQueue} holds what is not sent yet, and {@link RtxQueue} what is sent but not acknowledged.
 * {@link Transmission} sends, and {@link LossRecovery} sends again what was lost. Not thread-safe.
 */
public final class TcpSender implements PageFrag.Holder {
  /** {@code tcp_sendmsg_locked}: after so many buffers the backlog is looked at. */
  private static final int FLUSH_BUFFERS = 16;

  private static final long MS = 1_000_000;

  private final TcpEnd end;
  private final SendState state;
  private final Sock sk;
  private final SendQueue queue;
  private final Transmission transmission;
  private final SndbufGrowth growth;
  private boolean noSpace;

  /** {@code SOCK_QUEUE_SHRUNK}: something was freed since space was looked for. */
  private boolean queueShrunk;

  private boolean lastRefused;
  private boolean closed;

  /**
   * The sending half of an end.
   *
   * @param windowBytes what the other end offers
   */
  TcpSender(TcpEnd end, int windowBytes) {
    this.end = end;
    this.sk = end.sk;
    this.state = new SendState(end);
    this.queue = state.queue;
    this.transmission = new Transmission(state, end);
    this.growth = new SndbufGrowth(sk, end.constants);
    state.setWindow(windowBytes);
    growth.initial();
  }

  /** The program sets options of the sending end, now or anew. */
  public void configure(SocketOptions options) {
    int lowat = options.notsentLowat();
    state.notsentLowat = lowat == SocketOptions.UNSET ? Long.MAX_VALUE : lowat;
    boolean pushes = options.nodelay() && !state.nodelay;
    state.nodelay = options.nodelay();
    if (pushes) {
      transmission.pushPending(false); // __tcp_sock_set_nodelay
    }
    checkSpace();
  }

  /** Bytes accepted and not yet acknowledged. */
  public long unackedBytes() {
    return queue.writeSeq() - state.sndUna;
  }

  /**
   * Whether the last send stopped because there was no memory, and not because there was no room:
   * {@code wait_for_memory}.
   */
  public boolean lastSendRefused() {
    return lastRefused;
  }

  /**
   * The application writes: {@code tcp_sendmsg}, non-blocking.
   *
   * @param bytes how many to send
   * @param frag the memory into which the task's data is copied
   * @return how many bytes were accepted; fewer than asked for if there was no room or no memory
   */
  public int send(int bytes, PageFrag frag) {
    lastRefused = false;
    if (end.isBroken()) {
      return 0;
    }
    end.lock();
    if (queue.writeSeq() - state.sndNxt < state.mss()
        && state.rtx.inFlight() < state.congestion.cwnd()) {
      state.rate.applicationLimits(state.rtx.inFlight());
    }
    int taken = sendLocked(bytes, frag);
    end.release();
    return taken;
  }

  /** The program has closed: {@code tcp_send_fin}. */
  void sendFin() {
    boolean joins = sk.underPressure() && state.constants.has(TcpFeature.FIRST_SEND_IS_FORCED);
    int sent = state.rtx.size();
    if (queue.addFin(joins && sent > 0 ? state.rtx.get(sent - 1) : null)) {
      transmission.pushPending(true);
    } else {
      state.sndNxt++; // as if it had been sent with what it joined
    }
  }

  /** {@code tcp_write_queue_purge}: nothing of it will arrive. */
  void purge() {
    transmission.close();
    queue.purge();
    state.rtx.purge();
    state.sndUna = queue.writeSeq();
    state.sndNxt = queue.writeSeq();
  }

  /** After so many buffers of a write the backlog is looked at. */
  private int flushBuffers() {
    if (state.constants.has(TcpFeature.FLUSHES_AFTER_EACH_BUFFER)) {
      return 1;
    }
    return state.constants.has(TcpFeature.FLUSHES_BACKLOG) ? FLUSH_BUFFERS : Integer.MAX_VALUE;
  }

  private int sendLocked(int bytes, PageFrag frag) {
    int copied = 0;
    int made = 0;
    int flushBuffers = flushBuffers();
    int goal = transmission.sizeGoal();
    while (copied < bytes) {
      Skb skb = queue.tail();
      if (skb == null || skb.len >= goal || isFull(skb, frag)) {
        if (skb != null && skb.len < goal) {
          markPush(skb);
        }
        if (made >= flushBuffers && state.hasSpace(false)) {
          made = 0;
          if (end.flushBacklog()) {
            goal = transmission.sizeGoal(); // restart
            continue;
          }
        }
        made++;
        skb = state.hasSpace(false) ? queue.allocate(isIdle()) : null;
        if (skb == null) {
          return outOfSpace(copied);
        }
      }
      int granted = copyInto(skb, Math.min(goal - skb.len, bytes - copied), frag);
      if (granted == 0) {
        return outOfSpace(copied);
      }
      copied += granted;
      if (copied < bytes && skb.len >= goal) {
        pushFull(skb);
      }
    }
    push(false);
    return copied;
  }

  /** The first byte of the oldest buffer that this end or the other one has. */
  @Override
  public long heldFrom() {
    Skb first = state.rtx.isEmpty() ? queue.head() : state.rtx.get(0);
    return Math.min(first == null ? queue.writeSeq() : first.seq, transmission.receivedFrom());
  }

  /** {@code tcp_rtx_and_write_queues_empty}. */
  private boolean isIdle() {
    return queue.isEmpty() && state.rtx.isEmpty();
  }

  private static boolean isFull(Skb skb, PageFrag frag) {
    return skb.frags() >= Skb.MAX_FRAGS && !skb.continuesAt(frag.refill());
  }

  private int copyInto(Skb skb, int bytes, PageFrag frag) {
    int ofHead = Math.min(bytes, skb.headSpace());
    if (ofHead > 0) {
      queue.copyIntoHead(skb, ofHead);
      return ofHead;
    }
    long address = frag.refill();
    int granted = queue.copyInto(skb, address, Math.min(bytes, frag.remaining()));
    frag.use(granted, this, queue.writeSeq());
    return granted;
  }

  private void pushFull(Skb skb) {
    if (queue.writeSeq() > state.pushedSeq + (state.maxWindow() >> 1)) { // forced_push
      markPush(skb);
      transmission.pushPending(true);
    } else if (skb == queue.head()) {
      transmission.writeXmit(true, Transmission.Amount.ONE);
    }
  }

  private int outOfSpace(int copied) {
    noSpace = true;
    lastRefused = state.hasSpace(false);
    queue.removeEmpty();
    if (copied > 0) {
      push(true); // TCP_NAGLE_PUSH
    }
    return copied;
  }

  private void markPush(Skb skb) {
    skb.push = true;
    state.pushedSeq = queue.writeSeq();
  }

  /** {@code tcp_push}; on loopback nothing waits in a device, so there is no corking. */
  private void push(boolean nagleOff) {
    Skb tail = queue.tail();
    if (tail != null) {
      markPush(tail);
      transmission.pushPending(nagleOff);
    }
  }

  /** Whether something is acknowledged by it. */
  boolean isNews(Ack ack) {
    return ack.seq() != state.sndUna;
  }

  /** Whether it fits the fast path: the window is the one that is known. */
  boolean isPredicted(Ack ack) {
    return ack.windowBytes() == state.sndWnd && ack.seq() <= state.sndNxt;
  }

  long smoothedRttNs() {
    return state.rtt.smoothedNs();
  }

  /**
   * {@code tcp_ack}.
   *
   * @param withData whether it came with data
   */
  void acknowledge(Ack ack, boolean withData) {
    if (closed || ack.seq() > state.sndNxt) {
      return;
    }
    if (ack.seq() < state.sndUna) {
      overtaken(ack);
      return;
    }
    boolean advanced = ack.seq() > state.sndUna;
    transmission.echo(ack.sentNs());
    boolean windowMoved = updateWindow(ack, advanced);
    boolean idle = state.rtx.packetsOut() == 0;
    state.sndUna = ack.seq();
    int queued = sk.wmemQueued();
    if (idle) {
      transmission.recovery().windowChanged();
    } else {
      digest(ack, advanced, !advanced && !windowMoved && !withData);
    }
    queueShrunk |= sk.wmemQueued() < queued;
  }

  /** An acknowledgement that a later one has overtaken; what it says of gaps still counts. */
  private void overtaken(Ack ack) {
    if (state.rtx.packetsOut() > 0 && (ack.sacked().length > 0 || ack.duplicateBytes() > 0)) {
      digest(ack, false, false);
    }
  }

  /** {@code tcp_data_snd_check}. */
  void dataSendCheck() {
    if (!closed) {
      transmission.pushPending(false);
      if (queueShrunk || !state.constants.has(TcpFeature.QUEUE_SHRUNK_FLAG)) {
        queueShrunk = false;
        checkSpace();
      }
    }
  }

  private void digest(Ack ack, boolean advanced, boolean duplicate) {
    boolean limited = state.cwndUse.isLimited(state);
    LossRecovery recovery = transmission.recovery();
    long newestNs = state.nowNs() - state.rtt.minRttNs();
    RtxQueue.Cleaned cleaned = state.rtx.clean(state.sndUna, recovery.highSeq(), newestNs);
    boolean news = state.rtx.sack(ack.sacked(), recovery.highSeq(), cleaned, newestNs);
    int mss = state.mss();
    int dsacked = (ack.duplicateBytes() + mss - 1) / mss;
    cleaned.segments += dsacked; // tcp_dsack_seen: delivered, too
    if (cleaned.overtakenSeq != Long.MAX_VALUE) {
      recovery.detector().reordered(state.rtx.bytesBehind(cleaned.overtakenSeq), mss);
    }
    if (advanced || cleaned.sackedSentNs >= 0) {
      measureRtt(ack, cleaned);
    }
    int lost = state.rtx.lostOut();
    recovery.acknowledged(
        new AckNews(
            advanced, news, cleaned.original, duplicate || dsacked > 0, dsacked, ack.echoNs()));
    if (advanced) {
      recovery.restartTimer();
    }
    if (cleaned.segments > 0) {
      int losses = Math.max(0, state.rtx.lostOut() - lost);
      congestionControl(cleaned, losses, limited);
    }
    recovery.answer();
  }

  /** {@code tcp_ack_update_rtt}: by timestamps of milliseconds if something was sent twice. */
  private void measureRtt(Ack ack, RtxQueue.Cleaned cleaned) {
    long nowNs = state.nowNs();
    long us;
    if (cleaned.firstOnceNs >= 0 && !cleaned.sentAgain) {
      us = (nowNs - cleaned.firstOnceNs) / 1000;
      cleaned.rttNs = nowNs - cleaned.lastOnceNs;
    } else if (cleaned.sackedSentNs >= 0) {
      us = (nowNs - cleaned.sackedSentNs) / 1000;
      cleaned.rttNs = nowNs - cleaned.sackedSentNs;
    } else {
      long ms = Math.max(1, nowNs / MS - ack.echoNs() / MS);
      us = ms * 1000;
      cleaned.rttNs = ms * MS;
    }
    state.rtt.sample((int) us, state.sndUna, state.sndNxt);
  }

  /** {@code tcp_rate_gen}, {@code tcp_cong_control}. */
  private void congestionControl(RtxQueue.Cleaned cleaned, int losses, boolean limited) {
    long nowNs = state.nowNs();
    long rttNs = cleaned.rttNs > 0 ? cleaned.rttNs : state.rtt.smoothedNs();
    RateSample sample =
        state.rate.acknowledged(cleaned, nowNs, rttNs, state.rtx.inFlight(), losses, limited);
    if (transmission.recovery().inLoss()) {
      state.congestion.acknowledgedInLoss(sample);
    } else {
      state.congestion.acknowledged(sample);
    }
  }

  /** {@code tcp_ack_update_window}, {@code tcp_may_update_window}. */
  private boolean updateWindow(Ack ack, boolean advanced) {
    int window = ack.windowBytes();
    boolean closes = window == 0 && state.constants.has(TcpFeature.REFUSED_MEANS_ZERO_WINDOW);
    if (!advanced && window <= state.sndWnd && !(closes && state.sndWnd != 0)) {
      return false;
    }
    boolean moved = window != state.sndWnd;
    state.setWindow(window);
    return moved;
  }

  /** {@code tcp_event_new_data_sent}. */
  void newDataSent() {
    if (state.constants.has(TcpFeature.SENDING_CHECKS_SPACE)) {
      checkSpace();
    }
  }

  /** {@code tcp_check_space}: the buffer grows if it may, and a writer that waits is woken. */
  private void checkSpace() {
    if (noSpace) {
      int segments = state.congestion.cwnd();
      if (state.rtx.inFlight() < segments) {
        growth.grow(Math.max(segments, LossDetector.REORDERING + 1));
      }
      if (sk.isWriteable() && state.hasSpace(true)) {
        noSpace = false;
        end.application.writeSpace();
      }
    }
  }

  /** Ends at once. All memory is given back. */
  void close() {
    closed = true;
    transmission.close();
    sk.close();
  }
}
