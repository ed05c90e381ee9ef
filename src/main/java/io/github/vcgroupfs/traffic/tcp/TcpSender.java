package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a connection: {@code tcp_sendmsg_locked} and {@code tcp_ack}. {@link
 * SendQueue} holds what is not sent yet, and {@link RtxQueue} what is sent but not acknowledged.
 * {@link Transmission} sends, and {@link LossRecovery} sends again what was lost. Not thread-safe.
 */
public final class TcpSender {
  /** {@code tcp_sendmsg_locked}: after so many buffers the backlog is looked at. */
  private static final int FLUSH_BUFFERS = 16;

  private final SendState state;
  private final Sock sk;
  private final SendQueue queue;
  private final Transmission transmission;
  private final SndbufGrowth growth;
  private final Runnable writeSpace;

  /** Acknowledgements that came while the socket was in use: {@code sk_backlog}. */
  private @Nullable ArrayDeque<Ack> backlog;

  private boolean owned;
  private boolean noSpace;
  private boolean lastRefused;
  private boolean closed;

  /**
   * The sending end, its handshake done.
   *
   * @param delayNs how long a packet is on its way, one way
   * @param writeSpace called when a sender that found no room may go on
   */
  TcpSender(
      Sock sk,
      TcpConstants constants,
      NetworkPath path,
      TcpReceiver receiver,
      long delayNs,
      Runnable writeSpace) {
    this.sk = sk;
    this.state = new SendState(sk, constants, path, 2 * delayNs);
    this.queue = state.queue;
    this.writeSpace = writeSpace;
    this.transmission = new Transmission(state, receiver, delayNs);
    this.growth = new SndbufGrowth(sk, constants);
    state.setWindow(receiver.initialWindow());
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
    owned = true;
    lastRefused = false;
    if (queue.writeSeq() - state.sndNxt < state.mss()
        && state.rtx.inFlight() < state.congestion.cwnd()) {
      state.rate.applicationLimits(state.rtx.inFlight());
    }
    int taken = sendLocked(bytes, frag);
    processBacklog();
    owned = false;
    return taken;
  }

  private void processBacklog() {
    ArrayDeque<Ack> waiting = backlog;
    while (waiting != null && !waiting.isEmpty()) {
      process(waiting.remove());
    }
  }

  private int sendLocked(int bytes, PageFrag frag) {
    int copied = 0;
    int made = 0;
    int goal = transmission.sizeGoal();
    while (copied < bytes) {
      Skb skb = queue.tail();
      if (skb == null || skb.len >= goal || isFull(skb, frag)) {
        if (skb != null && skb.len < goal) {
          markPush(skb);
        }
        if (made++ >= FLUSH_BUFFERS) {
          made = 0;
          processBacklog();
        }
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
    push();
    return copied;
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
    frag.use(granted);
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
      push();
    }
    return copied;
  }

  private void markPush(Skb skb) {
    skb.push = true;
    state.pushedSeq = queue.writeSeq();
  }

  /** {@code tcp_push}; on loopback nothing waits in a device, so there is no corking. */
  private void push() {
    Skb tail = queue.tail();
    if (tail != null) {
      markPush(tail);
      transmission.pushPending(false);
    }
  }

  /** An acknowledgement arrives. */
  void acknowledge(Ack ack) {
    if (closed) {
      return;
    }
    if (!owned) {
      process(ack);
      return;
    }
    ArrayDeque<Ack> waiting = backlog;
    if (waiting == null) {
      waiting = new ArrayDeque<>(1);
      backlog = waiting;
    }
    Ack last = waiting.peekLast();
    if (last != null
        && state.constants.has(TcpFeature.BACKLOG_COALESCING)
        && last.isPlain()
        && ack.isPlain()) {
      waiting.removeLast(); // the last one counts
    }
    waiting.add(ack);
  }

  /** {@code tcp_ack}, then {@code tcp_data_snd_check}. */
  private void process(Ack ack) {
    if (ack.seq() < state.sndUna || ack.seq() > state.sndNxt) {
      return;
    }
    boolean advanced = ack.seq() > state.sndUna;
    transmission.echo(ack.sentNs());
    boolean windowMoved = updateWindow(ack, advanced);
    boolean idle = state.rtx.packetsOut() == 0;
    state.sndUna = ack.seq();
    if (idle) {
      transmission.recovery().windowChanged();
    } else {
      digest(ack, advanced, !advanced && !windowMoved);
    }
    transmission.pushPending(false);
    checkSpace();
  }

  private void digest(Ack ack, boolean advanced, boolean duplicate) {
    // tcp_is_cwnd_limited: in slow start twice what was acknowledged may be wanted
    boolean limited = state.cwndLimited || state.congestion.cwnd() < 2 * state.rtx.packetsOut();
    RtxQueue.Cleaned cleaned = state.rtx.clean(state.sndUna);
    boolean news = state.rtx.sack(ack.sacked());
    int mss = state.mss();
    cleaned.segments += (ack.duplicateBytes() + mss - 1) / mss; // tcp_dsack_seen: delivered, too
    LossRecovery recovery = transmission.recovery();
    if (advanced) {
      long nowNs = state.nowNs();
      long sentNs = cleaned.onceSentNs;
      long rttNs = sentNs >= 0 ? nowNs - sentNs : state.rtt.smoothedNs();
      state.rtt.sample((int) (rttNs / 1000), state.sndUna, state.sndNxt);
      if (!recovery.scheduleLossProbe(true)) {
        recovery.rearmRto();
      }
      if (cleaned.segments > 0) {
        RateSample sample =
            state.rate.acknowledged(cleaned, nowNs, rttNs, state.rtx.inFlight(), limited);
        if (recovery.inLoss()) {
          state.congestion.acknowledgedInLoss(sample);
        } else {
          state.congestion.acknowledged(sample);
        }
      }
    }
    recovery.acknowledged(state.sndUna, advanced, news, duplicate || ack.duplicateBytes() > 0);
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

  /** {@code tcp_check_space}: the buffer grows if it may, and a writer that waits is woken. */
  private void checkSpace() {
    if (noSpace) {
      int segments = state.congestion.cwnd();
      if (state.rtx.inFlight() < segments) {
        growth.grow(Math.max(segments, LossDetector.REORDERING + 1));
      }
      if (sk.isWriteable() && state.hasSpace(true)) {
        noSpace = false;
        writeSpace.run();
      }
    }
  }

  /** Ends at once. All memory is given back. */
  void close() {
    closed = true;
    transmission.close();
    backlog = null;
    sk.close();
  }
}
