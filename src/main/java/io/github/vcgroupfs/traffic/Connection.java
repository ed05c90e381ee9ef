package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.sock.ReceiveSide;
import io.github.vcgroupfs.sock.SendSide;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A simulated connection on loopback, one way: an application that sends, two sockets, an
 * application that reads, and the timers between them. Not thread-safe: guarded by the lock of
 * {@link Traffic}.
 *
 * <p>A segment arrives, or is dropped, at the moment it is sent. After a drop the sender waits for
 * its retransmission timer; at a closed window, for its probe timer or the reader.
 */
final class Connection {
  private static final long MS = 1_000_000;

  /** TCP_RTO_MIN and TCP_RTO_MAX, {@code include/net/tcp.h}. */
  private static final long RTO_MIN_NS = 200 * MS;

  private static final long RTO_MAX_NS = 120_000 * MS;

  /** TCP_DELACK_MIN. */
  private static final long DELACK_NS = 40 * MS;

  /** A timer tick at HZ 250, the unit in which {@code sk_stream_wait_memory} waits. */
  private static final long TICK_NS = 4 * MS;

  /** {@code net_random() % (HZ / 5)}: ticks. */
  private static final int MEMORY_WAIT_TICKS = 50;

  /**
   * An application "as fast as it can" moves at most so much in a step of a millisecond: about what
   * loopback carries, so that the simulation of one flow cannot starve the others.
   */
  private static final int STEP_BYTES = 1 << 20;

  private static final long STEP_NS = MS;

  private final EventQueue events;
  private final Random random;
  private final SendSide sender;
  private final ReceiveSide receiver;
  private FlowSpec spec;
  private boolean closed;
  private long sentBytes;
  private long receivedBytes;

  /** Whether the reader is blocked in recv(2) with nothing to read. */
  private boolean readerWaits;

  /** What is left of the chunk the application is sending. */
  private int chunkLeftBytes;

  private long nextSendNs;
  private long backoffNs = RTO_MIN_NS;
  private EventQueue.@Nullable Event sendTimer;
  private EventQueue.@Nullable Event readTimer;
  private EventQueue.@Nullable Event retransmitTimer;
  private EventQueue.@Nullable Event delayedAckTimer;

  Connection(MemCgroup group, SockMemory memory, EventQueue events, Random random, FlowSpec spec) {
    TcpConstants constants = memory.constants();
    this.events = events;
    this.random = random;
    this.spec = spec;
    this.sender = new SendSide(memory.open(group), constants);
    this.receiver = new ReceiveSide(memory.open(group), constants);
    this.nextSendNs = events.nowNs();
  }

  /** Sets both applications to work. */
  void start() {
    scheduleSend(0);
    scheduleRead(0);
  }

  /** Other rates or sizes from now on. */
  void change(FlowSpec newSpec) {
    spec = newSpec;
    nextSendNs = events.nowNs();
    start();
  }

  /** Both ends are closed at once; all memory goes back. */
  void close() {
    closed = true;
    cancel(sendTimer);
    cancel(readTimer);
    cancel(retransmitTimer);
    cancel(delayedAckTimer);
    sender.sock().close();
    receiver.sock().close();
  }

  long sentBytes() {
    return sentBytes;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  private static void cancel(EventQueue.@Nullable Event event) {
    if (event != null) {
      event.cancel();
    }
  }

  private void scheduleSend(long delayNs) {
    cancel(sendTimer);
    sendTimer = spec.send().isZero() ? null : events.after(delayNs, this::applicationSends);
  }

  private void scheduleRead(long delayNs) {
    cancel(readTimer);
    readerWaits = false;
    readTimer = spec.read().isZero() ? null : events.after(delayNs, this::applicationReads);
  }

  private void applicationSends() {
    sendTimer = null;
    int budgetBytes = STEP_BYTES;
    while (!closed && budgetBytes > 0 && mayStartChunk()) {
      int taken = sender.send(chunkLeftBytes);
      sentBytes += taken;
      chunkLeftBytes -= taken;
      budgetBytes -= taken;
      transmit();
      if (chunkLeftBytes > 0 && taken == 0) {
        if (sender.lastSendRefused()) {
          waitForMemory();
        }
        return; // for want of room: an acknowledgement starts us again
      }
    }
    if (budgetBytes <= 0) {
      scheduleSend(STEP_NS);
    }
  }

  /** Whether there is a chunk to go on with, or a new one is due; else sets the timer for it. */
  private boolean mayStartChunk() {
    if (chunkLeftBytes > 0) {
      return true;
    }
    Rate rate = spec.send();
    if (!rate.isMax()) {
      long nowNs = events.nowNs();
      if (nextSendNs > nowNs) {
        scheduleSend(nextSendNs - nowNs);
        return false;
      }
      // An application that was blocked does not make up for it.
      nextSendNs = Math.max(nextSendNs, nowNs - STEP_NS) + rate.intervalNs(spec.chunkBytes());
    }
    chunkLeftBytes = spec.chunkBytes();
    return true;
  }

  /** {@code sk_stream_wait_memory}: two ticks and a random time, then again. */
  private void waitForMemory() {
    scheduleSend((2 + random.nextInt(MEMORY_WAIT_TICKS)) * TICK_NS);
  }

  /** {@code tcp_write_xmit}: sends what the window allows, unless a loss is being repaired. */
  private void transmit() {
    while (!closed && retransmitTimer == null && sender.hasUnsent()) {
      if (sender.nextBytes() > receiver.selectWindow() || !deliver()) {
        startRetransmitTimer();
      }
    }
  }

  private boolean deliver() {
    int dataBytes = sender.nextBytes();
    if (readerWaits && (spec.read().isMax() || dataBytes <= spec.chunkBytes())) {
      takeDirectly(dataBytes);
      return true;
    }
    if (!receiver.receive(dataBytes, sender.nextTruesize())) {
      return false;
    }
    sender.acknowledged();
    startDelayedAckTimer();
    if (readerWaits) {
      applicationReads();
    }
    return true;
  }

  private void startDelayedAckTimer() {
    if (delayedAckTimer == null) {
      delayedAckTimer = events.after(DELACK_NS, this::delayedAck);
    }
  }

  /**
   * A segment goes straight into the buffer of a reader that waits for it, and no memory is needed
   * for it: {@code tcp_data_queue}, {@code tp->ucopy}. So a group over its limit drains as soon as
   * somebody reads.
   */
  private void takeDirectly(int dataBytes) {
    receivedBytes += dataBytes;
    sender.acknowledged();
    startDelayedAckTimer();
    if (!spec.read().isMax()) {
      scheduleRead(spec.read().intervalNs(spec.chunkBytes()));
    }
  }

  /** The retransmission timer, which is the probe timer as well while the window is closed. */
  private void startRetransmitTimer() {
    retransmitTimer = events.after(backoffNs, this::retransmit);
  }

  private void retransmit() {
    retransmitTimer = null;
    if (!sender.hasUnsent()) {
      return;
    }
    boolean arrived = sender.nextBytes() <= receiver.selectWindow() && deliver();
    sender.sock().reclaim(); // tcp_write_timer ends with sk_mem_reclaim
    if (arrived) {
      resume();
    } else {
      backoffNs = Math.min(backoffNs * 2, RTO_MAX_NS);
      startRetransmitTimer();
    }
  }

  /** The path is clear again. */
  private void resume() {
    backoffNs = RTO_MIN_NS;
    transmit();
    if (sender.sock().hasSendSpace() && sendTimer == null) {
      scheduleSend(0);
    }
  }

  /** {@code tcp_delack_timer}: part of the forward alloc goes back, all of it under pressure. */
  private void delayedAck() {
    delayedAckTimer = null;
    Sock sk = receiver.sock();
    sk.reclaimPartially();
    if (sk.underPressure()) {
      sk.reclaim();
    }
  }

  private void applicationReads() {
    readTimer = null;
    Rate rate = spec.read();
    int taken = receiver.read(rate.isMax() ? STEP_BYTES : spec.chunkBytes());
    receivedBytes += taken;
    if (taken == 0) {
      readerWaits = true;
      return;
    }
    readerWaits = false;
    if (rate.isMax()) {
      readerWaits = receiver.unreadBytes() == 0;
      if (!readerWaits) {
        scheduleRead(STEP_NS);
      }
    } else {
      scheduleRead(rate.intervalNs(spec.chunkBytes()));
    }
    windowOpened();
  }

  /** The reader made room: a window update reaches a sender that waits at a closed window. */
  private void windowOpened() {
    if (retransmitTimer != null
        && sender.hasUnsent()
        && sender.nextBytes() <= receiver.selectWindow()) {
      cancel(retransmitTimer);
      retransmitTimer = null;
      resume();
    }
  }
}
