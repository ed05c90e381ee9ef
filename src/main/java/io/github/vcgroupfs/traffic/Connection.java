package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.traffic.tcp.DirectReader;
import io.github.vcgroupfs.traffic.tcp.Draws;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import io.github.vcgroupfs.traffic.tcp.TcpSender;
import org.jspecify.annotations.Nullable;

/**
 * A simulated connection with its applications: one that sends and one that reads, each at its
 * rate, both blocking as programs do. Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Connection implements TcpEnd.Application, DirectReader {
  private static final long MS = 1_000_000;

  /** A timer tick at HZ 250, the unit in which {@code sk_stream_wait_memory} waits. */
  private static final long TICK_NS = 4 * MS;

  /** {@code net_random() % (HZ / 5)}: ticks. */
  private static final int MEMORY_WAIT_TICKS = 50;

  /**
   * An application "as fast as it can" moves at most a gigabyte a second, about what loopback
   * carries, so that one flow cannot starve the others; and never more than a call in 2 µs.
   */
  private static final double BYTE_NS = 1;

  private static final long CALL_NS = 2_000;

  private static final int MAX_READ_BYTES = 1 << 20;

  private final Network network;
  private final PageFrag frag;
  private final Sock from;
  private final Sock to;

  /** Made when there is something to send: most connections of a large machine are idle. */
  private @Nullable TcpLink link;

  private FlowSpec spec;

  /** Of what the two programs draw by chance; each has a stream of its own. */
  private final long seed;

  private @Nullable Draws writerDraws;
  private @Nullable Draws readerDraws;
  private boolean closed;
  private long sentBytes;
  private long receivedBytes;

  /** What the sender still has to write before it stops. */
  private long leftBytes;

  /** What is left of the chunk the application is sending. */
  private int chunkLeftBytes;

  /** What the next read at a limited rate asks for. */
  private int readChunkBytes;

  private boolean senderWaits;
  private boolean readerWaits;
  private long nextSendNs;
  private EventQueue.@Nullable Event sendTimer;
  private EventQueue.@Nullable Event readTimer;

  /**
   * A connection.
   *
   * @param frag where the sending program's data is copied to
   * @param seed of what is drawn by chance
   * @param from the socket that sends
   * @param to the socket that receives
   */
  Connection(Network network, PageFrag frag, FlowSpec spec, long seed, Sock from, Sock to) {
    this.network = network;
    this.frag = frag;
    this.spec = spec;
    this.from = from;
    this.to = to;
    this.seed = seed;
    this.leftBytes = bytesToSend();
    this.readChunkBytes = chunkToRead();
    this.nextSendNs = network.events().nowNs();
  }

  private TcpLink link() {
    TcpLink made = link;
    if (made == null) {
      made = network.link(from, to, spec.path().rttNs(), this);
      made.receiver().readDirectlyBy(this);
      made.receiver().setReaderWaits(readerWaits);
      link = made;
    }
    return made;
  }

  /** Sets both applications to work. */
  void start() {
    scheduleSend(0);
    scheduleRead(0);
  }

  /** Other rates or sizes from now on; more bytes to send, if there is an end. */
  void change(FlowSpec newSpec, boolean moreBytes) {
    spec = newSpec;
    if (newSpec.transfer().isEndless()) {
      leftBytes = Transfer.ENDLESS;
    } else if (moreBytes) {
      leftBytes = bytesToSend() + (leftBytes == Transfer.ENDLESS ? 0 : leftBytes);
    }
    readChunkBytes = chunkToRead();
    nextSendNs = network.events().nowNs();
    start();
  }

  /** Closes both ends at once. All memory is given back. */
  void close() {
    closed = true;
    cancel(sendTimer);
    cancel(readTimer);
    TcpLink made = link;
    if (made == null) {
      from.close();
      to.close();
    } else {
      made.close();
    }
  }

  /** The socket that sends. */
  Sock from() {
    return from;
  }

  /** The socket that receives. */
  Sock to() {
    return to;
  }

  /** The window that the receiver advertised and that is not used up, bytes. */
  int windowBytes() {
    TcpLink made = link;
    return made == null ? 0 : made.receiver().windowBytes();
  }

  /** Bytes accepted from the sender and not acknowledged. */
  long unackedBytes() {
    TcpLink made = link;
    return made == null ? 0 : made.sender().unackedBytes();
  }

  /** Bytes that wait for the reader. */
  long unreadBytes() {
    TcpLink made = link;
    return made == null ? 0 : made.receiver().unreadBytes();
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
    senderWaits = false;
    sendTimer =
        spec.send().isZero() ? null : network.events().after(delayNs, this::applicationSends);
  }

  private void scheduleRead(long delayNs) {
    cancel(readTimer);
    setReaderWaits(false);
    readTimer =
        spec.read().isZero() ? null : network.events().after(delayNs, this::applicationReads);
  }

  private void applicationSends() {
    sendTimer = null;
    if (closed || !mayStartChunk()) {
      return;
    }
    TcpSender sender = link().sender();
    int taken = sender.send(chunkLeftBytes, frag);
    sentBytes += taken;
    from.count(TcpCounter.SENT_BYTES, taken);
    chunkLeftBytes -= taken;
    if (chunkLeftBytes == 0) {
      scheduleSend(callNs(taken));
    } else {
      senderWaits = true;
      if (sender.lastSendRefused()) {
        waitForMemory();
      }
    }
  }

  private long bytesToSend() {
    return draw(spec.transfer().bytes(), true);
  }

  private int chunkToRead() {
    return (int) draw(spec.transfer().chunk(), false);
  }

  /** The next value; most are fixed, and need no stream. */
  private long draw(Distribution of, boolean writer) {
    if (of.isFixed()) {
      return of.least();
    }
    Draws draws = writer ? writerDraws : readerDraws;
    if (draws == null) {
      draws = new Draws(Draws.seed(seed, writer ? 0 : 1));
      if (writer) {
        writerDraws = draws;
      } else {
        readerDraws = draws;
      }
    }
    return of.draw(draws);
  }

  private static long callNs(int bytes) {
    return Math.max(CALL_NS, (long) (bytes * BYTE_NS));
  }

  /** Whether there is a chunk to go on with, or a new one is due; else sets the timer for it. */
  private boolean mayStartChunk() {
    if (chunkLeftBytes > 0) {
      return true;
    }
    if (leftBytes <= 0) {
      return false;
    }
    Rate rate = spec.send();
    long nowNs = network.events().nowNs();
    if (!rate.isMax()) {
      if (nextSendNs > nowNs) {
        scheduleSend(nextSendNs - nowNs);
        return false;
      }
    }
    long chunk = draw(spec.transfer().chunk(), true);
    if (!rate.isMax()) {
      // An application that was blocked does not make up for it.
      nextSendNs = Math.max(nextSendNs, nowNs - MS) + rate.intervalNs(chunk);
    }
    chunkLeftBytes = (int) Math.min(chunk, leftBytes);
    leftBytes -= leftBytes == Transfer.ENDLESS ? 0 : chunkLeftBytes;
    return true;
  }

  /** {@code sk_stream_wait_memory}: two ticks and a random time, then again. */
  private void waitForMemory() {
    cancel(sendTimer);
    long ticks = 2L + network.random().nextInt(MEMORY_WAIT_TICKS);
    sendTimer = network.events().after(ticks * TICK_NS, this::applicationSends);
  }

  /** The sender is woken. */
  @Override
  public void writeSpace() {
    if (senderWaits) {
      scheduleSend(0);
    }
  }

  /** The reader is woken. */
  @Override
  public void readable() {
    if (readerWaits) {
      scheduleRead(0);
    }
  }

  private void setReaderWaits(boolean waits) {
    readerWaits = waits;
    TcpLink made = link;
    if (made != null) {
      made.receiver().setReaderWaits(waits);
    }
  }

  private void applicationReads() {
    readTimer = null;
    Rate rate = spec.read();
    TcpLink made = link;
    int most = rate.isMax() ? MAX_READ_BYTES : readChunkBytes;
    int taken = made == null ? 0 : made.receiver().read(most);
    received(taken);
    if (taken == 0 || (rate.isMax() && unreadBytes() == 0)) {
      setReaderWaits(true);
    } else {
      scheduleRead(rate.isMax() ? callNs(taken) : pauseOfReader(rate));
    }
  }

  /** How long the last read takes at a limited rate; the next one is drawn. */
  private long pauseOfReader(Rate rate) {
    long pauseNs = rate.intervalNs(readChunkBytes);
    readChunkBytes = chunkToRead();
    return pauseNs;
  }

  /** A reader that waits has a buffer of a chunk, or one that everything fits. */
  @Override
  public boolean wants(int bytes) {
    return spec.read().isMax() || bytes <= readChunkBytes;
  }

  private void received(int bytes) {
    receivedBytes += bytes;
    to.count(TcpCounter.RECEIVED_BYTES, bytes);
  }

  @Override
  public void took(int bytes) {
    received(bytes);
    if (spec.read().isMax()) {
      setReaderWaits(true);
    } else {
      scheduleRead(pauseOfReader(spec.read()));
    }
  }
}
