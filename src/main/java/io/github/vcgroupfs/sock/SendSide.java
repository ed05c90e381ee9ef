package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.TcpConstants;
import java.util.ArrayDeque;

/**
 * The sending half of a connection: send queue, congestion window and the growth of the send
 * buffer. {@code tcp_sendmsg}, {@code tcp_write_xmit}, {@code tcp_clean_rtx_queue}. Not
 * thread-safe.
 */
public final class SendSide {
  /** TCP_INIT_CWND: segments. */
  private static final int INITIAL_CWND = 10;

  private final Sock sk;
  private final TcpConstants constants;
  private final ArrayDeque<Segment> unsent = new ArrayDeque<>(4);
  private int cwnd = INITIAL_CWND;
  private boolean lastRefused;

  /** The sending half of that socket. */
  public SendSide(Sock sk, TcpConstants constants) {
    this.sk = sk;
    this.constants = constants;
  }

  /** The socket. */
  public Sock sock() {
    return sk;
  }

  /**
   * Takes data from the application: {@code tcp_sendmsg}, non-blocking.
   *
   * @return how many bytes were taken; fewer than asked if there was no room or no memory
   */
  public int send(int bytes) {
    lastRefused = false;
    int taken = 0;
    while (taken < bytes) {
      int part = appendToLast(bytes - taken);
      if (part == 0) {
        part = queueNew(bytes - taken);
      }
      if (part == 0) {
        break;
      }
      taken += part;
    }
    return taken;
  }

  /** Whether the last send ended for lack of memory and not of room: {@code wait_for_memory}. */
  public boolean lastSendRefused() {
    return lastRefused;
  }

  /** Whether something waits to be sent. */
  public boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** Data bytes of the segment that is next. */
  public int nextBytes() {
    return unsent.getFirst().dataBytes();
  }

  /** What the segment that is next costs the receiver, bytes. */
  public int nextTruesize() {
    return unsent.getFirst().truesize();
  }

  /** The segment that was next has arrived and is acknowledged. */
  public void acknowledged() {
    sk.freeSent(unsent.removeFirst().truesize());
    cwnd++;
    expandSndbuf();
  }

  private int appendToLast(int bytes) {
    Segment last = unsent.peekLast();
    if (last == null || last.dataBytes() >= constants.loopbackMssBytes() || !sk.hasSendSpace()) {
      return 0;
    }
    int part = Math.min(bytes, constants.loopbackMssBytes() - last.dataBytes());
    if (!sk.queueForSend(part)) {
      lastRefused = true;
      return 0;
    }
    last.append(part);
    return part;
  }

  private int queueNew(int bytes) {
    if (!sk.hasSendSpace() || lastRefused) {
      return 0;
    }
    int part = Math.min(bytes, constants.loopbackMssBytes());
    int truesize = part + constants.skbOverheadBytes();
    if (!sk.queueForSend(truesize)) {
      lastRefused = true;
      return 0;
    }
    unsent.addLast(new Segment(part, truesize));
    return part;
  }

  /** {@code tcp_new_space}, {@code tcp_should_expand_sndbuf}: not under pressure. */
  private void expandSndbuf() {
    if (sk.underPressure() || !sk.isBelowFirstThreshold()) {
      return;
    }
    long wanted = 2L * cwnd * (constants.loopbackMssBytes() + constants.skbOverheadBytes());
    sk.setSndbuf((int) Math.max(sk.sndbuf(), Math.min(wanted, constants.wmem().maxBytes())));
  }
}
