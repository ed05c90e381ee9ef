package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.TcpCounter;
import java.util.ArrayDeque;

/**
 * The receiving half of a connection: receive queue, prune and drop, and the window it advertises.
 * {@code tcp_data_queue}, {@code tcp_prune_queue}, {@code __tcp_select_window}. Not thread-safe.
 */
public final class ReceiveSide {
  private final Sock sk;
  private final int mssBytes;
  private final ArrayDeque<Segment> queue = new ArrayDeque<>(4);
  private final int windowClamp;
  private int rcvSsthresh;
  private boolean windowClosed;
  private long unreadBytes;

  /** The receiving half of that socket. */
  public ReceiveSide(Sock sk, TcpConstants constants) {
    this.sk = sk;
    this.mssBytes = constants.loopbackMssBytes();
    this.windowClamp = windowOfSpace(constants.rmem().maxBytes());
    this.rcvSsthresh = windowOfSpace(sk.rcvbuf());
  }

  /** The socket. */
  public Sock sock() {
    return sk;
  }

  /** Data that waits for the reader, bytes. */
  public long unreadBytes() {
    return unreadBytes;
  }

  /**
   * A segment arrives in order: {@code tcp_data_queue}.
   *
   * @return whether it was queued; if not it was dropped and counted
   */
  public boolean receive(int dataBytes, int truesize) {
    if (sk.rmemAlloc() > sk.rcvbuf() || !sk.scheduleReceive(truesize)) {
      prune();
      if (sk.rmemAlloc() > sk.rcvbuf() || !sk.scheduleReceive(truesize)) {
        sk.count(TcpCounter.RCVQ_DROPPED);
        return false;
      }
    }
    sk.queueReceived(truesize);
    queue.addLast(new Segment(dataBytes, truesize));
    unreadBytes += dataBytes;
    growWindow(dataBytes, truesize);
    return true;
  }

  /**
   * The application reads.
   *
   * @return bytes taken, fewer than asked if there is no more
   */
  public int read(int bytes) {
    int taken = 0;
    while (taken < bytes && !queue.isEmpty()) {
      Segment first = queue.getFirst();
      int part = Math.min(bytes - taken, first.dataBytes());
      first.consume(part);
      taken += part;
      if (first.dataBytes() == 0) {
        sk.freeReceived(queue.removeFirst().truesize());
      }
    }
    unreadBytes -= taken;
    return taken;
  }

  /** The window to advertise now, bytes: {@code __tcp_select_window} of 3.x. */
  public int selectWindow() {
    int freeSpace = windowOfSpace(Math.max(sk.rcvbuf() - sk.rmemAlloc(), 0));
    int fullSpace = windowOfSpace(sk.rcvbuf());
    int window;
    if (freeSpace < fullSpace / 2 && sk.underPressure()) {
      rcvSsthresh = Math.min(rcvSsthresh, 4 * mssBytes);
    }
    if (freeSpace < Math.min(mssBytes, fullSpace)) {
      window = 0;
    } else {
      window = Math.min(freeSpace, rcvSsthresh);
    }
    boolean closed = window == 0;
    if (closed && !windowClosed) {
      sk.count(TcpCounter.ZERO_WINDOW);
    }
    windowClosed = closed;
    return window;
  }

  /** {@code tcp_prune_queue}: the window shrinks, and what is charged and unused goes back. */
  private void prune() {
    sk.count(TcpCounter.PRUNED);
    if (sk.rmemAlloc() >= sk.rcvbuf()) {
      rcvSsthresh = Math.min(windowClamp, 2 * mssBytes); // tcp_clamp_window
    } else if (sk.underPressure()) {
      rcvSsthresh = Math.min(rcvSsthresh, 4 * mssBytes);
    }
    sk.reclaim();
  }

  /** {@code tcp_grow_window}. */
  private void growWindow(int dataBytes, int truesize) {
    if (rcvSsthresh >= windowClamp
        || rcvSsthresh >= windowOfSpace(sk.rcvbuf() - sk.rmemAlloc())
        || sk.underPressure()) {
      return;
    }
    if (windowOfSpace(truesize) <= dataBytes) {
      rcvSsthresh = Math.min(rcvSsthresh + 2 * mssBytes, windowClamp);
    }
  }

  /** {@code tcp_win_from_space} with tcp_adv_win_scale 1: half of the space is overhead. */
  private static int windowOfSpace(int spaceBytes) {
    return spaceBytes - (spaceBytes >> 1);
  }
}
