package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, a socket that sends and receives: {@code struct tcp_sock}. {@link
 * TcpSender} and {@link TcpReceiver} are its two halves, each made when it has something to do;
 * {@link Closing} is how it ends. Not thread-safe.
 */
public final class TcpEnd {
  final Sock sk;
  final TcpConstants constants;
  final NetworkPath path;
  final Lane lane;
  final Application application;

  private final Closing closing;
  private final Backlog backlog;
  private final long establishedNs;
  private @Nullable TcpEnd peer;
  private @Nullable TcpSender sender;
  private @Nullable TcpReceiver receiver;

  /** {@code sock_owned_by_user}. */
  private boolean owned;

  private boolean inBacklog;
  private boolean ackDeferred;

  TcpEnd(Sock sk, TcpConstants constants, NetworkPath path, Lane lane, Application application) {
    this.sk = sk;
    this.constants = constants;
    this.path = path;
    this.lane = lane;
    this.application = application;
    this.establishedNs = path.events().nowNs();
    this.backlog = new Backlog(constants.has(TcpFeature.BACKLOG_COALESCING));
    this.closing = new Closing(this);
  }

  /** The program that has the socket. */
  public interface Application {
    /** A program that is not called, because it polls. */
    Application POLLING =
        new Application() {
          @Override
          public void writeSpace() {}

          @Override
          public void readable() {}
        };

    /** A writer that had found no room can send again, or never will. */
    void writeSpace();

    /** There is something to read, the end was reached, or the queue is short of memory. */
    void readable();
  }

  void establish(TcpEnd other) {
    peer = other;
  }

  TcpEnd peer() {
    TcpEnd other = peer;
    if (other == null) {
      throw new IllegalStateException("a packet was sent before the handshake");
    }
    return other;
  }

  /** The half that sends. */
  public TcpSender sender() {
    TcpSender made = sender;
    if (made == null) {
      made = new TcpSender(this, peer().receiver().advertisedBytes());
      sender = made;
    }
    return made;
  }

  /** The half that receives. */
  public TcpReceiver receiver() {
    TcpReceiver made = receiver;
    if (made == null) {
      made = new TcpReceiver(this, establishedNs);
      receiver = made;
    }
    return made;
  }

  /** Its state. */
  public TcpState state() {
    return closing.state();
  }

  /** The socket, as far as memory goes. */
  public Sock sk() {
    return sk;
  }

  /** Bytes accepted and not acknowledged; a FIN counts as one. */
  public long unackedBytes() {
    TcpSender half = sender;
    return half == null ? 0 : half.unackedBytes();
  }

  /** Bytes that wait for the reader. */
  public long unreadBytes() {
    TcpReceiver half = receiver;
    return half == null ? 0 : half.unreadBytes();
  }

  /** What is left of the window that was offered last; 0 if nothing was ever received. */
  public int windowBytes() {
    TcpReceiver half = receiver;
    return half == null ? 0 : half.windowBytes();
  }

  /** Whether the reader has read all there will ever be: the other end has closed or reset. */
  public boolean isAtEnd() {
    TcpReceiver half = receiver;
    if (half != null && half.unreadBytes() > 0) {
      return false;
    }
    return closing.wasReset() || (half != null && half.isFinished());
  }

  /** Whether nothing can be sent any more: EPIPE, ECONNRESET. */
  public boolean isBroken() {
    return !state().mayWrite();
  }

  /** Whether only a {@code tcp_timewait_sock} is left of it. */
  public boolean isTimeWait() {
    return closing.isTimeWait();
  }

  /** Whether nothing is left of it at all. */
  public boolean isOver() {
    return isFreed() && !isTimeWait();
  }

  /** {@code rcv_nxt} less {@code copied_seq}: what waits for the reader, a FIN as one. */
  public long receiveQueue() {
    TcpReceiver half = receiver;
    return half == null ? 0 : half.unreadBytes() + (half.hasUnreadFin() ? 1 : 0);
  }

  /** Whether nothing is left of it but perhaps a {@code tcp_timewait_sock}. */
  public boolean isFreed() {
    return closing.isFreed();
  }

  void send(Packet packet) {
    send(packet, false);
  }

  /**
   * Sends a packet.
   *
   * @param isPiece whether it is cut from the packet before, and shares its fate
   */
  void send(Packet packet, boolean isPiece) {
    TcpEnd other = peer();
    if (!lane.transmit(() -> other.arrive(packet), isPiece)) {
      packet.drop();
    }
  }

  /** A segment is about to be sent: it takes acknowledgement and window with it. */
  @Nullable Ack piggyback() {
    TcpReceiver half = receiver;
    return half == null ? null : half.acknowledger().piggyback();
  }

  /** Data is about to be sent: {@code tcp_event_data_sent}. */
  void dataSent() {
    TcpReceiver half = receiver;
    if (half != null) {
      half.acknowledger().dataSent();
    }
  }

  /** {@code xmit_probe_skb}: a byte that was acknowledged already comes, to ask for the window. */
  void probe() {
    TcpEnd other = peer();
    lane.transmit(other::probed, false);
  }

  private void probed() {
    if (closing.isClosed()) {
      send(Reset.INSTANCE);
    } else if (!isFreed() && !owned) {
      receiver().windowProbed();
    }
  }

  // Arriving

  void arrive(Packet packet) {
    if (closing.takes(packet)) {
      return;
    }
    if (owned) {
      backlog.add(packet);
    } else {
      process(packet);
    }
  }

  private void process(Packet packet) {
    if (state() == TcpState.CLOSED) {
      packet.drop();
      if (!(packet instanceof Reset)) {
        send(Reset.INSTANCE); // tcp_v4_send_reset: there is no such socket
      }
    } else if (packet instanceof Segment segment) {
      receiver().process(segment);
    } else if (packet instanceof Ack ack) {
      acknowledged(ack, null);
      sendWhatMay();
    } else {
      closing.resetCame();
    }
  }

  /**
   * {@code tcp_ack}, and what it means for a FIN.
   *
   * @param segment what the acknowledgement came with; null: it came alone
   */
  void acknowledged(Ack ack, @Nullable Segment segment) {
    TcpSender half = sender;
    if (half == null) {
      return;
    }
    half.acknowledge(ack, segment != null && segment.endSeq() > segment.seq);
    if (state().sentFin() && half.unackedBytes() == 0) {
      closing.finAcknowledged(segment != null && segment.fin);
    }
  }

  /** Whether the fast path looks at an acknowledgement: it acknowledges something. */
  boolean isNews(Ack ack) {
    TcpSender half = sender;
    return half != null && half.isNews(ack);
  }

  /** {@code srtt_us}; that of the handshake while nothing was sent. */
  long smoothedRttNs() {
    TcpSender half = sender;
    return half == null ? 2 * lane.delayNs() : half.smoothedRttNs();
  }

  /** The first byte of the oldest buffer that the other end has, or waits for. */
  long otherHoldsFrom() {
    TcpReceiver half = peer().receiver;
    return half == null ? 0 : half.heldFrom();
  }

  /** The newest timestamp of the other end: {@code ts_recent}. */
  long recentNs() {
    TcpReceiver half = receiver;
    return half == null ? establishedNs : half.acknowledger().recentNs();
  }

  /** {@code tcp_data_snd_check}. */
  void sendWhatMay() {
    TcpSender half = sender;
    if (half != null && state() != TcpState.CLOSED && !isTimeWait()) {
      half.dataSendCheck();
    }
  }

  /** Whether a segment offers the window that is known: a condition of the fast path. */
  boolean isWindowKnown(Segment segment) {
    TcpSender half = sender;
    Ack ack = segment.ack;
    return half == null || ack == null || half.isPredicted(ack);
  }

  // The lock of the socket

  boolean isOwned() {
    return owned;
  }

  int backlogBytes() {
    return backlog.bytes();
  }

  /** {@code lock_sock}. */
  void lock() {
    owned = true;
  }

  /** {@code release_sock}: what came meanwhile is looked at, and acknowledged once. */
  void release() {
    drainBacklog();
    owned = false;
    acknowledgeDeferred(); // what that brings finds the socket free
  }

  /**
   * {@code sk_flush_backlog}.
   *
   * @return whether something was there
   */
  boolean flushBacklog() {
    boolean any = !backlog.isEmpty();
    drainBacklog();
    acknowledgeDeferred();
    return any;
  }

  private void drainBacklog() {
    inBacklog = true;
    Packet next = backlog.poll();
    while (next != null) {
      process(next);
      next = backlog.poll();
    }
    inBacklog = false;
    backlog.done();
  }

  /** {@code tcp_release_cb}. */
  private void acknowledgeDeferred() {
    TcpReceiver half = receiver;
    if (ackDeferred && half != null) {
      ackDeferred = false;
      half.acknowledger().sendDeferred();
    }
  }

  /** Whether the acknowledgement that is due is sent when all of the backlog was looked at. */
  boolean defersAck() {
    if (inBacklog && constants.has(TcpFeature.DEFERS_BACKLOG_ACK)) {
      ackDeferred = true;
      return true;
    }
    return false;
  }

  // The end

  Closing closing() {
    return closing;
  }

  /** The half that sends, if it was ever needed. */
  @Nullable TcpSender senderIfMade() {
    return sender;
  }

  /** The half that receives, if it was ever needed. */
  @Nullable TcpReceiver receiverIfMade() {
    return receiver;
  }

  /** Frees the memory of both halves: {@code inet_csk_destroy_sock}. */
  void destroy() {
    backlog.clear();
    TcpSender sending = sender;
    TcpReceiver receiving = receiver;
    if (sending != null) {
      sending.close();
    }
    if (receiving != null) {
      receiving.close();
    }
    sk.close();
  }

  /** Nothing asks for the halves any more. */
  void forgetHalves() {
    sender = null;
    receiver = null;
  }

  /** The program closes: what is unsent still is sent, and charged. Unread data: a reset. */
  public void close() {
    closing.close();
  }

  /** The program closes the socket with SO_LINGER of 0 seconds. */
  public void reset() {
    closing.linger();
  }

  /** Ends at once without a word. All memory is given back. */
  void tearDown() {
    closing.tearDown();
  }
}
