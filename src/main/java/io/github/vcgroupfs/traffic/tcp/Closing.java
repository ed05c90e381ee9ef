package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;

/**
 * How an end of a connection ends: {@code tcp_close}, {@code tcp_rcv_state_process}, {@code
 * tcp_timewait_state_process}. Not thread-safe.
 */
final class Closing {
  private final TcpEnd end;
  private final Sock sk;
  private TcpState state = TcpState.ESTABLISHED;

  /** SOCK_DEAD: no program has it any more. */
  private boolean orphan;

  private boolean reset;

  /** Torn down from outside, as no kernel does it: it answers nothing. */
  private boolean gone;

  /** {@code rcv_nxt} of a socket of which only a {@code tcp_timewait_sock} is left. */
  private long lastRcvNxt;

  private boolean timeWait;

  Closing(TcpEnd end) {
    this.end = end;
    this.sk = end.sk;
  }

  private TimeWaits timeWaits() {
    return end.path.timeWaits();
  }

  TcpState state() {
    return state;
  }

  /** Whether the other end has reset the connection. */
  boolean wasReset() {
    return reset;
  }

  boolean isTimeWait() {
    return timeWait;
  }

  /** Whether nothing is left of it but perhaps a {@code tcp_timewait_sock}. */
  boolean isFreed() {
    return gone || timeWait || (state == TcpState.CLOSED && orphan);
  }

  /** Whether it is over, and says so to whoever asks. */
  boolean isClosed() {
    return state == TcpState.CLOSED && !gone;
  }

  /** A packet comes, which may not be for a socket any more. */
  boolean takes(Packet packet) {
    if (gone) {
      packet.drop();
      return true;
    }
    if (timeWait) {
      arriveInTimeWait(packet);
      return true;
    }
    return false;
  }

  /**
   * The program closes the socket: {@code tcp_close}. What is unsent still is sent, and stays
   * charged until then. Unread data means a reset.
   */
  void close() {
    if (orphan || gone) {
      return;
    }
    end.lock();
    TcpReceiver half = end.receiverIfMade();
    boolean unread = half != null && half.discard();
    sk.reclaim();
    if (state != TcpState.CLOSED) {
      if (unread) {
        sk.count(TcpCounter.ABORTED_ON_CLOSE);
        abort();
      } else {
        state = state == TcpState.CLOSE_WAIT ? TcpState.LAST_ACK : TcpState.FIN_WAIT1;
        end.sender().sendFin();
      }
    }
    orphan = true;
    end.release();
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
  void linger() {
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
      timeWaits().remove(this);
    }
    destroy();
  }

  /** {@code tcp_send_active_reset}. */
  private void abort() {
    state = TcpState.CLOSED;
    end.send(Reset.INSTANCE);
    TcpSender half = end.senderIfMade();
    if (half != null) {
      half.purge();
    }
  }

  private void destroy() {
    end.destroy();
    if (!timeWait) {
      state = TcpState.CLOSED;
    }
  }

  /** {@code tcp_fin}: the other end has closed. */
  void finReceived() {
    switch (state) {
      case ESTABLISHED -> state = TcpState.CLOSE_WAIT;
      case FIN_WAIT1 -> {
        end.receiver().acknowledger().send();
        state = TcpState.CLOSING;
      }
      case FIN_WAIT2 -> {
        end.receiver().acknowledger().send();
        waitForStragglers(TcpState.TIME_WAIT);
      }
      default -> {} // it came before
    }
    sk.reclaim();
    if (!orphan) {
      end.application.readable();
    }
  }

  void finAcknowledged(boolean finFollows) {
    switch (state) {
      case FIN_WAIT1 -> {
        state = TcpState.FIN_WAIT2;
        if (orphan && !finFollows && !end.isOwned()) {
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
    if (!orphan || segment.len == 0 || segment.seq + segment.len <= end.receiver().rcvNxt()) {
      return false;
    }
    sk.count(TcpCounter.ABORTED_ON_DATA);
    segment.drop();
    abort();
    destroy();
    return true;
  }

  /** {@code tcp_reset}: what is unread stays until it was read, or the socket is closed. */
  void resetCame() {
    state = TcpState.CLOSED;
    reset = true;
    TcpSender half = end.senderIfMade();
    if (half != null) {
      half.purge();
    }
    if (orphan) {
      if (!end.isOwned()) {
        destroy();
      }
    } else {
      end.application.writeSpace();
      end.application.readable();
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
    TcpReceiver half = end.receiverIfMade();
    lastRcvNxt = half == null ? 0 : half.rcvNxt();
    destroy();
    if (timeWaits().add(this)) {
      timeWait = true;
      state = how;
      end.forgetHalves();
    }
  }

  /** {@code tcp_timewait_state_process}. */
  private void arriveInTimeWait(Packet packet) {
    packet.drop();
    if (packet instanceof Reset) {
      timeWaits().remove(this);
      return;
    }
    if (!(packet instanceof Segment segment)) {
      return;
    }
    if (segment.len > 0 && segment.seq + segment.len > lastRcvNxt) {
      timeWaits().remove(this);
      end.send(Reset.INSTANCE);
      return;
    }
    if (segment.fin) {
      lastRcvNxt = segment.endSeq();
      state = TcpState.TIME_WAIT;
      timeWaits().restart(this);
    }
    end.send(new Ack(lastRcvNxt, 0, Ack.NO_SACK, 0, end.path.events().nowNs(), 0));
  }

  /** Counts it among those that wait, or takes it away. */
  void addTimeWait(int more) {
    sk.addTimeWait(more);
  }

  /** {@code inet_twsk_kill}. */
  void timeWaitIsOver() {
    timeWait = false;
    orphan = true;
    state = TcpState.CLOSED;
  }
}
