package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.SocketOptions;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpState;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link Session}: a socket, and the program that has it. Not thread-safe: guarded by
 * the lock of {@link Traffic}.
 */
final class Side implements TcpEnd.Application {
  /**
   * An application "as fast as it can" moves at most a gigabyte a second, about what loopback
   * carries, so that one flow cannot starve the others; and never more than a call in 2 µs.
   */
  private static final double BYTE_NS = 1;

  private static final long CALL_NS = 2_000;

  private final Session session;
  private final Sock sk;
  private @Nullable Writer writer;
  private @Nullable Reader reader;
  private @Nullable TcpEnd end;
  private boolean closed;

  Side(Session session, Sock sk) {
    this.session = session;
    this.sk = sk;
  }

  /** How long a call takes. */
  static long callNs(int bytes) {
    return Math.max(CALL_NS, (long) (bytes * BYTE_NS));
  }

  Sock sk() {
    return sk;
  }

  EventQueue events() {
    return session.network().events();
  }

  RandomGenerator random() {
    return session.network().random();
  }

  PageFrag frag() {
    return session.frag();
  }

  /** The program writes, too. */
  Writer writes(Writer.Work work) {
    Writer made = writer;
    if (made == null) {
      made = new Writer(this, work);
      writer = made;
    }
    return made;
  }

  /** The program reads, too. */
  Reader reads(Reader.Work work) {
    Reader made = reader;
    if (made == null) {
      made = new Reader(this, work);
      reader = made;
      bindReader();
    }
    return made;
  }

  @Nullable Writer writer() {
    return writer;
  }

  @Nullable Reader reader() {
    return reader;
  }

  /** The end of the connection; it is made with the first use. */
  TcpEnd end() {
    session.link();
    TcpEnd made = end;
    if (made == null) {
      throw new IllegalStateException("no end was made");
    }
    return made;
  }

  /** The end of the connection, or null: nothing was ever sent either way. */
  @Nullable TcpEnd endIfUsed() {
    return end;
  }

  void linked(TcpEnd made) {
    end = made;
    bindReader();
  }

  /** The program sets options that may change. */
  void configure(SocketOptions options) {
    TcpEnd made = end;
    if (made != null && writer != null && !made.isFreed()) {
      made.sender().configure(options);
    }
  }

  private void bindReader() {
    TcpEnd made = end;
    Reader reading = reader;
    if (made != null && reading != null) {
      made.receiver().readDirectlyBy(reading);
      made.receiver().setReaderWaits(reading.isWaiting());
    }
  }

  /** Whether the reader is blocked with nothing to read. */
  void readerWaits(boolean waits) {
    TcpEnd made = end;
    if (made != null) {
      made.receiver().setReaderWaits(waits);
    }
  }

  void sent(int bytes) {
    session.sent(bytes);
    sk.count(TcpCounter.SENT_BYTES, bytes);
  }

  void received(int bytes) {
    session.received(bytes);
    sk.count(TcpCounter.RECEIVED_BYTES, bytes);
  }

  @Override
  public void writeSpace() {
    Writer writing = writer;
    if (writing != null && !closed) {
      writing.woken();
    }
  }

  @Override
  public void readable() {
    Reader reading = reader;
    if (reading != null && !closed) {
      reading.woken();
    }
  }

  /** Whether the program has closed the socket. */
  boolean isClosed() {
    return closed;
  }

  /** Nothing can be sent any more. Whoever reads, too, goes on until the end. */
  void writeFailed() {
    if (reader == null) {
      close();
    }
  }

  /** The program closes the socket. */
  void close() {
    if (!closed) {
      end(); // who never sent anything has a FIN to send now
      stop();
      end().close();
    }
  }

  /** The program closes the socket, and throws away what is unsent. */
  void reset() {
    if (!closed) {
      end();
      stop();
      end().reset();
    }
  }

  /** The program does nothing any more. */
  void stop() {
    closed = true;
    Writer writing = writer;
    if (writing != null) {
      writing.stop();
    }
    Reader reading = reader;
    if (reading != null) {
      reading.stop();
    }
  }

  /** Its state, as {@code ss} has it. */
  TcpState state() {
    TcpEnd made = end;
    return made == null ? TcpState.ESTABLISHED : made.state();
  }

  /** Whether only a {@code tcp_timewait_sock} is left of it. */
  boolean isTimeWait() {
    TcpEnd made = end;
    return made != null && made.isTimeWait();
  }

  /** Whether there is a socket, with or without a program. */
  boolean hasSocket() {
    TcpEnd made = end;
    return made == null || !made.isFreed();
  }

  /** What waits for the reader; a FIN counts as a byte. */
  long receiveQueue() {
    TcpEnd made = end;
    return made == null ? 0 : made.receiveQueue();
  }

  /** What is not acknowledged; a FIN counts as a byte. */
  long sendQueue() {
    TcpEnd made = end;
    return made == null ? 0 : made.unackedBytes();
  }

  /** What is left of the window that it offered last. */
  int windowBytes() {
    TcpEnd made = end;
    return made == null ? 0 : made.windowBytes();
  }
}
