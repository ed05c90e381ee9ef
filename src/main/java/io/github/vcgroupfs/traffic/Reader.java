package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.tcp.DirectReader;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import org.jspecify.annotations.Nullable;

/**
 * The part of a program that reads: it calls {@code recv}, and blocks in it until something is
 * there. Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Reader implements DirectReader {
  private static final int MAX_READ_BYTES = 1 << 20;

  private final Side side;
  private final Work work;

  /** What the next call asks for at a limited rate. */
  private int chunkBytes;

  private boolean waits;
  private EventQueue.@Nullable Event timer;

  /**
   * A program that does not read yet.
   *
   * @param work how fast it reads, and what it does with what it has
   */
  Reader(Side side, Work work) {
    this.side = side;
    this.work = work;
    this.chunkBytes = work.chunk();
  }

  /** How a program reads. */
  interface Work {
    /** How fast. */
    Rate rate();

    /** The bytes of the next call at a limited rate. */
    int chunk();

    /** So much was read. */
    void read(int bytes);
  }

  /** Reads from now on; sizes and rates may be others than before. */
  void start() {
    chunkBytes = work.chunk();
    schedule(0);
  }

  /** It does nothing until it is started. */
  void stop() {
    EventQueue.Event pending = timer;
    if (pending != null) {
      pending.cancel();
      timer = null;
    }
  }

  boolean isWaiting() {
    return waits;
  }

  /** There is something to read, or the connection is over. */
  void woken() {
    if (waits) {
      schedule(0);
    }
  }

  private void schedule(long delayNs) {
    stop();
    setWaits(false);
    timer = work.rate().isZero() ? null : side.events().after(delayNs, this::read);
  }

  private void setWaits(boolean now) {
    waits = now;
    side.readerWaits(now);
  }

  private void read() {
    timer = null;
    if (side.isClosed()) {
      return;
    }
    TcpEnd end = side.endIfUsed();
    Rate rate = work.rate();
    int taken = end == null ? 0 : end.receiver().read(rate.isMax() ? MAX_READ_BYTES : chunkBytes);
    side.received(taken);
    boolean over = end != null && end.isAtEnd();
    if (taken == 0 && over) {
      side.close();
      return;
    }
    if (taken == 0 || (rate.isMax() && !over && end.unreadBytes() == 0)) {
      setWaits(true);
    } else {
      schedule(rate.isMax() ? Side.callNs(taken) : pauseNs(rate));
    }
    work.read(taken);
  }

  /** How long the last call takes at a limited rate; the next one is drawn. */
  private long pauseNs(Rate rate) {
    long ns = rate.intervalNs(chunkBytes);
    chunkBytes = work.chunk();
    return ns;
  }

  /** A reader that waits has a buffer of a chunk, or one that everything fits. */
  @Override
  public boolean wants(int bytes) {
    return work.rate().isMax() || bytes <= chunkBytes;
  }

  @Override
  public void took(int bytes) {
    side.received(bytes);
    if (work.rate().isMax()) {
      setWaits(true);
    } else {
      schedule(pauseNs(work.rate()));
    }
    work.read(bytes);
  }
}
