package io.github.vcgroupfs.traffic.netty;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a channel, but only its memory, and the reasons why the channel does not read now.
 *
 * <p>A buffer is charged before the read that fills it. While something that was read is not
 * released, the buffer of the next read is charged in advance, and reading stops if that is
 * refused; so only an empty queue ever goes past a limit, by one small segment ({@code
 * net/ipv4/tcp_input.c tcp_data_queue}: sk_forced_mem_schedule). A channel with nothing in its
 * queue holds no memory.
 *
 * <p>Thread-safe: the monitor guards the socket. Never calls the channel while holding it, but to
 * allocate.
 */
final class ChannelSock {
  /** More in a queue between two sockets that have queues of their own only adds delay. */
  private static final int MOST_RCVBUF_BYTES = 1 << 20;

  private final Waiters beside;
  private final int mostRcvbuf;

  @GuardedBy("this")
  private final Sock sock;

  @GuardedBy("this")
  private final ReadPause pause = new ReadPause();

  @GuardedBy("this")
  private @Nullable Channel channel;

  /** Charged in advance. */
  @GuardedBy("this")
  private @Nullable ReceiveBuf next;

  /** Buffers that are not released, {@link #next} among them. */
  @GuardedBy("this")
  private int buffers;

  @GuardedBy("this")
  private final ReadSize size = new ReadSize();

  @GuardedBy("this")
  private boolean fixedRcvbuf;

  @GuardedBy("this")
  private boolean closing;

  @GuardedBy("this")
  private long refusals;

  ChannelSock(Sock sock, TcpConstants constants, Waiters beside) {
    this.sock = sock;
    this.beside = beside;
    this.mostRcvbuf = Math.min(constants.rmem().maxBytes(), MOST_RCVBUF_BYTES);
  }

  synchronized void attach(Channel to) {
    channel = to;
  }

  /** Fixes the most that the receive queue holds, bytes. */
  synchronized void setRcvbuf(int bytes) {
    sock.setRcvbuf(bytes);
    fixedRcvbuf = true;
  }

  /** Shows the size of the real send buffer, bytes. */
  synchronized void setSndbuf(int bytes) {
    sock.setSndbuf(bytes);
  }

  /** Bytes of data that the next read takes. */
  synchronized int readSize() {
    return size.dataBytes();
  }

  /** A buffer for a read that is about to happen. */
  synchronized ByteBuf allocate(ByteBufAllocator alloc) {
    ReceiveBuf prepared = next;
    if (prepared != null) {
      next = null;
      return prepared;
    }
    if (buffers > 0) {
      // the end of the stream is looked for although reading is stopped
      return forced(alloc, ReadSize.SIP);
    }
    ReceiveBuf charged = tryCharge(alloc);
    return charged == null ? forced(alloc, ReadSize.LEAST) : charged;
  }

  @GuardedBy("this")
  private @Nullable ReceiveBuf tryCharge(ByteBufAllocator alloc) {
    int wanted = sock.underPressure() ? ReadSize.LEAST : size.truesize();
    while (!sock.scheduleReceive(wanted)) {
      refusals++;
      if (wanted == ReadSize.LEAST) {
        return null;
      }
      wanted = ReadSize.LEAST;
    }
    return queued(alloc, wanted);
  }

  @GuardedBy("this")
  private ReceiveBuf forced(ByteBufAllocator alloc, int truesize) {
    sock.forceSchedule(truesize);
    return queued(alloc, truesize);
  }

  @GuardedBy("this")
  private ReceiveBuf queued(ByteBufAllocator alloc, int truesize) {
    sock.queueReceived(truesize);
    buffers++;
    try {
      return new ReceiveBuf(alloc.directBuffer(truesize - ReadSize.OVERHEAD_BYTES), this, truesize);
    } catch (OutOfMemoryError noMemory) { // of the JVM's direct memory
      sock.freeReceived(truesize);
      buffers--;
      throw noMemory;
    }
  }

  /** A read brought that much of what it could have. */
  synchronized void hasRead(int bytes, int attempted) {
    size.hasRead(bytes, attempted, sock.underPressure());
  }

  /**
   * Something was read: charges the buffer of the next read, or stops reading.
   *
   * @return whether there will be a next read
   */
  boolean prepareNext() {
    Channel mine;
    synchronized (this) {
      mine = channel;
      if (mine == null || closing) {
        return false;
      }
      if (next != null || buffers == 0) {
        return pause.isEmpty(); // an empty queue needs nothing in advance
      }
      if (sock.rmemAlloc() >= sock.rcvbuf()) {
        pause.set(ReadPause.Reason.FULL, true);
      } else {
        next = tryCharge(mine.alloc());
        if (next == null) {
          waitForMemory();
        }
      }
      if (next != null) {
        return pause.isEmpty();
      }
    }
    mine.config().setAutoRead(false);
    scheduleRetry(mine);
    return false;
  }

  @GuardedBy("this")
  private void waitForMemory() {
    if (pause.beginWait()) {
      sock.count(TcpCounter.ZERO_WINDOW);
      beside.add(this);
    }
  }

  /** The timer: tries, and later again. */
  private void scheduleRetry(Channel mine) {
    int delayMs;
    synchronized (this) {
      delayMs = pause.setTimer();
    }
    if (delayMs >= 0) {
      Future<?> unused =
          mine.eventLoop().schedule(() -> onTimer(mine), delayMs, TimeUnit.MILLISECONDS);
    }
  }

  private void onTimer(Channel mine) {
    synchronized (this) {
      pause.timerFired();
    }
    if (retry(mine)) {
      beside.remove(this);
    } else {
      scheduleRetry(mine);
    }
  }

  /** Memory may be there: tries on the channel's thread, if it waits at all. */
  boolean retrySoon() {
    Channel mine = waitingChannel();
    if (mine == null) {
      return false;
    }
    mine.eventLoop().execute(() -> onWake(mine));
    return true;
  }

  private synchronized @Nullable Channel waitingChannel() {
    return pause.isForMemory() ? channel : null;
  }

  private void onWake(Channel mine) {
    if (retry(mine)) {
      beside.wakeOne();
    } else {
      beside.addFirst(this);
    }
  }

  /** Whether this channel does not wait for memory any more. */
  private boolean retry(Channel mine) {
    synchronized (this) {
      if (!pause.isForMemory() || closing) {
        return true;
      }
      if (next == null) { // else a look for the end of the stream has got it
        next = tryCharge(mine.alloc());
      }
      if (next == null && (buffers > 0 || !pause.isLong())) {
        return false;
      }
      // with an empty queue, the segment that the peer sends again is let through: allocate()
      pause.endWait();
    }
    letReadIfMay(mine);
    // the peer may have nothing more to send
    Future<?> unused =
        mine.eventLoop()
            .schedule(this::giveBackUnused, ReadPause.LAST_RETRY_MS, TimeUnit.MILLISECONDS);
    return true;
  }

  /** An empty queue holds nothing in advance. */
  private void giveBackUnused() {
    ReceiveBuf unused;
    synchronized (this) {
      if (buffers > 1 || next == null) {
        return;
      }
      unused = next;
      next = null;
    }
    unused.release();
  }

  /** A buffer is free again. */
  void released(int truesize) {
    Channel mine;
    boolean drained;
    synchronized (this) {
      buffers--;
      sock.freeReceived(truesize);
      if (buffers == 0) {
        sock.reclaim();
        if (closing) {
          sock.close();
        }
      }
      drained = sock.rmemAlloc() <= sock.rcvbuf() / 2 && pause.remove(ReadPause.Reason.FULL);
      if (drained && !fixedRcvbuf && !sock.underPressure()) {
        sock.setRcvbuf(Math.max(sock.rcvbuf(), Math.min(sock.rcvbuf() * 2, mostRcvbuf)));
      }
      mine = channel;
    }
    giveBackUnused();
    beside.wakeOne();
    if (drained && mine != null) {
      letReadIfMay(mine);
    }
  }

  /** Reads again if nothing is against it. */
  private void letReadIfMay(Channel mine) {
    synchronized (this) {
      if (!pause.isEmpty() || closing) {
        return;
      }
      if (buffers > 0 && next == null) {
        next = tryCharge(mine.alloc());
        if (next == null) {
          waitForMemory();
        }
      }
    }
    scheduleRetry(mine);
    mine.config().setAutoRead(isReading());
  }

  private synchronized boolean isReading() {
    return pause.isEmpty() && !closing;
  }

  /** The application does not want to read, or does again. */
  void holdByApplication(boolean hold) {
    Channel mine;
    synchronized (this) {
      pause.set(ReadPause.Reason.APPLICATION, hold);
      mine = channel;
    }
    if (mine == null) {
      return;
    }
    if (hold) {
      mine.config().setAutoRead(false);
    } else {
      letReadIfMay(mine);
    }
  }

  /**
   * The application writes: charged whatever the limits, for what is written is there already.
   *
   * @return whether there is room for more
   */
  synchronized boolean queueForSend(int truesize) {
    if (closing) {
      return true;
    }
    boolean granted = sock.scheduleSend(truesize);
    if (!granted) {
      refusals++;
      sock.forceSchedule(truesize);
    }
    sock.queueScheduled(truesize);
    return granted && sock.hasSendSpace();
  }

  /**
   * The socket has taken what was written.
   *
   * @return whether there is room again: {@code sk_stream_is_writeable}
   */
  boolean sent(int truesize) {
    boolean room;
    synchronized (this) {
      if (!closing) {
        sock.freeSent(truesize);
      }
      room = sock.isWriteable();
    }
    beside.wakeOne();
    return room;
  }

  /** The channel is closed; what is not released stays charged until it is. */
  void close() {
    ReceiveBuf unused;
    boolean waits;
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      waits = pause.endWait();
      unused = next;
      next = null;
      sock.freeSent(sock.wmemQueued());
      if (buffers == 0) {
        sock.close();
      }
    }
    if (unused != null) {
      unused.release();
    }
    if (waits) {
      beside.remove(this);
    }
    beside.wakeOne();
  }

  /** What the socket holds now. */
  synchronized ChannelUsage usage() {
    return new ChannelUsage(
        sock.rmemAlloc(),
        sock.rcvbuf(),
        sock.wmemQueued(),
        sock.sndbuf(),
        sock.forwardAlloc(),
        sock.isAccounted(),
        sock.underPressure(),
        refusals,
        pause.pausedNs());
  }
}
