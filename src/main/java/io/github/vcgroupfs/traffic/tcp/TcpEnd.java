package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, a socket that sends and receives: {@code struct tcp_sock}, and how it
 * ends: {@code tcp_close}, {@code tcp_rcv_state_process}. {@link TcpSender} and {@link TcpReceiver}
 * are its two halves, each made when it has something to do. Not thread-safe.
 */
public final class TcpEnd {
  final Sock sk;
  final TcpConstants constants;
  final NetworkPath path;
  final Lane lane;
  final Application application;

  private final Backlog backlog;
  private final long establishedNs;
  private @Nullable TcpEnd peer;
  private @Nullable TcpSender sender;
  private @Nullable TcpReceiver receiver;
  private TcpState state = TcpState.ESTABLISHED;

  /** {@code sock_owned_by_user}. */
  private boolean owned;

  private boolean inBacklog;
  private boolean ackDeferred;

  /** SOCK_DEAD: no program has it any more. */
  private boolean orphan;

  private boolean reset;

  /** Torn down from outside, as no kernel does it: it answers nothing. */
  private boolean gone;

  /** {@code rcv_nxt} of a socket of which only a {@code tcp_timewait_sock} is left. */
  private long lastRcvNxt;

  private boolean timeWait;

  TcpEnd(Sock sk, TcpConstants constants, NetworkPath path, Lane lane, Application application) {
    this.sk = sk;
    this.constants = constants;
    this.path = path;
    this.lane = lane;
    this.application = application;
    this.establishedNs = path.events().nowNs();
    this.backlog = new Backlog(constants.has(TcpFeature.BACKLOG_COALESCING));
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

  private TcpEnd peer() {
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
    return state;
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
    return reset || (half != null && half.isFinished());
  }

  /** Whether nothing can be sent any more: EPIPE, ECONNRESET. */
  public boolean isBroken() {
    return !state.mayWrite();
  }

  /** Whether only a {@code tcp_timewait_sock} is left of it. */
  public boolean isTimeWait() {
    return timeWait;
  }

  /** Whether nothing is left of it at all. */
  public boolean isOver() {
    return isFreed() && !timeWait;
  }

  /** {@code rcv_nxt} less {@code copied_seq}: what waits for the reader, a FIN as one. */
  public long receiveQueue() {
    TcpReceiver half = receiver;
    return half == null ? 0 : half.unreadBytes() + (half.hasUnreadFin() ? 1 : 0);
  }

  /** Whether nothing is left of it but perhaps a {@code tcp_timewait_sock}. */
  public boolean isFreed() {
    return gone || timeWait || (state == TcpState.CLOSED && orphan);
  }

  // Sending

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
    return half == null ? null : half.piggyback();
  }

  /** Data is about to be sent: {@code tcp_event_data_sent}. */
  void dataSent() {
    TcpReceiver half = receiver;
    if (half != null) {
      half.dataSent();
    }
  }

  /** {@code xmit_probe_skb}: a byte that was acknowledged already comes, to ask for the window. */
  void probe() {
    TcpEnd other = peer();
    lane.transmit(other::probed, false);
  }

  private void probed() {
    if (!gone && !timeWait && !owned && state != TcpState.CLOSED) {
      receiver().windowProbed();
    } else if (state == TcpState.CLOSED && !gone) {
      send(Reset.INSTANCE);
    }
  }

  // Arriving

  void arrive(Packet packet) {
    if (gone) {
      packet.drop();
    } else if (timeWait) {
      arriveInTimeWait(packet);
    } else if (owned) {
      backlog.add(packet);
    } else {
      process(packet);
    }
  }

  private void process(Packet packet) {
    if (state == TcpState.CLOSED) {
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
      wasReset();
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
    if (state.sentFin() && half.unackedBytes() == 0) {
      finAcknowledged(segment != null && segment.fin);
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

  /** The newest timestamp of the other end: {@code ts_recent}. */
  long recentNs() {
    TcpReceiver half = receiver;
    return half == null ? establishedNs : half.recentNs();
  }

  /** {@code tcp_data_snd_check}. */
  void sendWhatMay() {
    TcpSender half = sender;
    if (half != null && state != TcpState.CLOSED && !timeWait) {
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

  /** {@code sk_flush_backlog}. */
  void flushBacklog() {
    drainBacklog();
    acknowledgeDeferred();
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
      half.acknowledgeDeferred();
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

  /**
   * The program closes the socket: {@code tcp_close}. What is unsent still is sent, and stays
   * charged until then. Unread data means a reset.
   */
  public void close() {
    if (orphan || gone) {
      return;
    }
    lock();
    TcpReceiver half = receiver;
    boolean unread = half != null && half.discard();
    sk.reclaim();
    if (state != TcpState.CLOSED) {
      if (unread) {
        sk.count(TcpCounter.ABORTED_ON_CLOSE);
        abort();
      } else {
        state = state == TcpState.CLOSE_WAIT ? TcpState.LAST_ACK : TcpState.FIN_WAIT1;
        sender().sendFin();
      }
    }
    orphan = true;
    release();
    if (isFreed()) {
      destroy();
      return;
    }
    sk.orphan();
    if (state == TcpState.FIN_WAIT2) {
      waitForStragglers(TcpState.FIN_WAIT2);
    } else {
      isOutOfResources();
    }
  }

  /** The program closes the socket with SO_LINGER of 0 seconds: {@code tcp_disconnect}. */
  public void reset() {
    if (orphan || gone) {
      return;
    }
    orphan = true;
    if (state != TcpState.CLOSED) {
      abort();
    }
    destroy();
  }

  /** Ends at once without a word. All memory is given back. */
  void tearDown() {
    gone = true;
    if (timeWait) {
      path.timeWaits().remove(this);
    }
    backlog.clear();
    destroy();
  }

  /** {@code tcp_send_active_reset}. */
  private void abort() {
    state = TcpState.CLOSED;
    send(Reset.INSTANCE);
    TcpSender half = sender;
    if (half != null) {
      half.purge();
    }
  }

  private void destroy() {
    TcpSender sending = sender;
    TcpReceiver receiving = receiver;
    if (sending != null) {
      sending.close();
    }
    if (receiving != null) {
      receiving.close();
    }
    sk.close();
    if (!timeWait) {
      state = TcpState.CLOSED;
    }
  }

  /** {@code tcp_fin}: the other end has closed. */
  void finReceived() {
    switch (state) {
      case ESTABLISHED -> state = TcpState.CLOSE_WAIT;
      case FIN_WAIT1 -> {
        receiver().acknowledgeNow();
        state = TcpState.CLOSING;
      }
      case FIN_WAIT2 -> {
        receiver().acknowledgeNow();
        waitForStragglers(TcpState.TIME_WAIT);
      }
      default -> {} // it came before
    }
    sk.reclaim();
    if (!orphan) {
      application.readable();
    }
  }

  private void finAcknowledged(boolean finFollows) {
    switch (state) {
      case FIN_WAIT1 -> {
        state = TcpState.FIN_WAIT2;
        if (orphan && !finFollows && !owned) {
          waitForStragglers(TcpState.FIN_WAIT2);
        }
      }
      case CLOSING -> waitForStragglers(TcpState.TIME_WAIT);
      case LAST_ACK -> {
        state = TcpState.CLOSED;
        destroy();
      }
      default -> throw new IllegalStateException("no FIN was sent in " + state);
    }
  }

  /** Data comes for a program that has closed: {@code tcp_rcv_state_process}. */
  boolean refusesData(Segment segment) {
    if (!orphan || segment.len == 0 || segment.seq + segment.len <= receiver().rcvNxt()) {
      return false;
    }
    sk.count(TcpCounter.ABORTED_ON_DATA);
    segment.drop();
    abort();
    destroy();
    return true;
  }

  /** {@code tcp_reset}: what is unread stays until it was read, or the socket is closed. */
  private void wasReset() {
    state = TcpState.CLOSED;
    reset = true;
    TcpSender half = sender;
    if (half != null) {
      half.purge();
    }
    if (orphan) {
      if (!owned) {
        destroy();
      }
    } else {
      application.writeSpace();
      application.readable();
    }
  }

  /** {@code tcp_write_err}: nobody answers any more. */
  void giveUp() {
    sk.count(TcpCounter.ABORTED_ON_TIMEOUT);
    state = TcpState.CLOSED;
    destroy();
  }

  boolean isOrphan() {
    return orphan;
  }

  /**
   * {@code tcp_out_of_resources}, {@code tcp_check_oom}: whether there are too many orphans, or too
   * much memory is used, and this one had to go.
   */
  boolean isOutOfResources() {
    if (!orphan || (!sk.areTooManyOrphans() && !sk.isOutOfMemory())) {
      return false;
    }
    sk.count(TcpCounter.ABORTED_ON_MEMORY);
    abort();
    destroy();
    return true;
  }

  /** {@code tcp_time_wait}: a small structure without buffers takes the place of the socket. */
  private void waitForStragglers(TcpState how) {
    TcpReceiver half = receiver;
    lastRcvNxt = half == null ? 0 : half.rcvNxt();
    destroy();
    if (path.timeWaits().add(this)) {
      timeWait = true;
      state = how;
      sender = null;
      receiver = null;
    }
  }

  /** {@code tcp_timewait_state_process}. */
  private void arriveInTimeWait(Packet packet) {
    packet.drop();
    if (packet instanceof Reset) {
      path.timeWaits().remove(this);
      return;
    }
    if (!(packet instanceof Segment segment)) {
      return;
    }
    if (segment.len > 0 && segment.seq + segment.len > lastRcvNxt) {
      path.timeWaits().remove(this);
      send(Reset.INSTANCE);
      return;
    }
    if (segment.fin) {
      lastRcvNxt = segment.endSeq();
      state = TcpState.TIME_WAIT;
      path.timeWaits().restart(this);
    }
    send(new Ack(lastRcvNxt, 0, Ack.NO_SACK, 0, path.events().nowNs(), 0));
  }

  /** {@code inet_twsk_kill}. */
  void timeWaitIsOver() {
    timeWait = false;
    orphan = true;
    state = TcpState.CLOSED;
  }
}
