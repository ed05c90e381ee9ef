package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpSender;
import org.jspecify.annotations.Nullable;

/**
 * The part of a program that sends: it calls {@code send}, and blocks in it until all is accepted.
 * Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Writer {
  private static final long MS = 1_000_000;

  /** A timer tick at HZ 250, the unit in which {@code sk_stream_wait_memory} waits. */
  private static final long TICK_NS = 4 * MS;

  /** {@code net_random() % (HZ / 5)}: ticks. */
  private static final int MEMORY_WAIT_TICKS = 50;

  private final Side side;
  private final Work work;

  /** What is left of the call that the program is in. */
  private int leftBytes;

  private boolean waits;
  private EventQueue.@Nullable Event timer;

  /**
   * A program that has nothing to send yet.
   *
   * @param work says what to send
   */
  Writer(Side side, Work work) {
    this.side = side;
    this.work = work;
  }

  /** What a program sends. */
  interface Work {
    /** The bytes of the next call; 0: there is none now, and whoever has more starts the writer. */
    int next();

    /** A call has returned, of which so many bytes went into the socket at last. */
    void returned(int bytes);
  }

  /** Has it look for something to send after a delay; a call that it is in goes on. */
  void start(long delayNs) {
    stop();
    waits = false;
    timer = side.events().after(delayNs, this::send);
  }

  /** It does nothing until it is started. */
  void stop() {
    EventQueue.Event pending = timer;
    if (pending != null) {
      pending.cancel();
      timer = null;
    }
  }

  /** There is room in the send buffer again, or the connection is over. */
  void woken() {
    if (waits) {
      start(0);
    }
  }

  private void send() {
    timer = null;
    if (side.isClosed()) {
      return;
    }
    if (leftBytes == 0) {
      leftBytes = work.next();
      if (leftBytes == 0) {
        return;
      }
    }
    TcpEnd end = side.end();
    if (end.isBroken()) {
      side.writeFailed(); // EPIPE, ECONNRESET
      return;
    }
    TcpSender sender = end.sender();
    int taken = sender.send(leftBytes, side.frag());
    side.sent(taken);
    leftBytes -= taken;
    if (leftBytes == 0) {
      work.returned(taken);
    } else {
      waits = true;
      if (sender.lastSendRefused()) {
        waitForMemory();
      }
    }
  }

  /** {@code sk_stream_wait_memory}: two ticks and a random time, then again. */
  private void waitForMemory() {
    stop();
    long ticks = 2L + side.random().nextInt(MEMORY_WAIT_TICKS);
    timer = side.events().after(ticks * TICK_NS, this::send);
  }
}
