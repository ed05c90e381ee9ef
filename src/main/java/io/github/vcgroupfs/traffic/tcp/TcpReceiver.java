package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;

/**
 * The receiving end of a connection: {@code tcp_rcv_established}, {@code tcp_data_queue}, {@code
 * tcp_recvmsg}, and when to acknowledge. {@link ReceiveQueue} holds the data, and {@link
 * ReceiveWindow} decides how much may be sent. Not thread-safe.
 */
public final class TcpReceiver {
  private final TcpEnd end;
  private final Sock sk;
  private final TcpConstants constants;
  private final NetworkPath path;
  private final ReceiveWindow window;
  private final ReceiveQueue queue;
  private final Acknowledger acknowledger;
  private final AckSchedule acks;
  private DirectReader direct = DirectReader.NOBODY;
  private boolean closed;
  private boolean finKnown;

  /** Whether a reader is blocked with nothing to read. */
  private boolean readerWaits;

  /**
   * The receiving half of an end.
   *
   * @param establishedNs when the connection began
   */
  TcpReceiver(TcpEnd end, long establishedNs) {
    this.end = end;
    this.sk = end.sk;
    this.constants = end.constants;
    this.path = end.path;
    this.window = new ReceiveWindow(sk, constants, establishedNs);
    this.queue = new ReceiveQueue(sk, constants, window);
    this.acknowledger = new Acknowledger(end, window, queue, establishedNs);
    this.acks = acknowledger.acks();
  }

  /** {@code rcv_wnd}: the window of the handshake, which is not scaled. */
  int advertisedBytes() {
    return window.initialWindow();
  }

  long heldFrom() {
    return queue.heldFrom();
  }

  long rcvNxt() {
    return queue.rcvNxt();
  }

  boolean hasUnreadFin() {
    return queue.isFinQueued() && !queue.isFinRead();
  }

  /** Whether the FIN was read, too. */
  boolean isFinished() {
    return queue.isFinRead();
  }

  /** How many bytes wait for the reader. */
  public long unreadBytes() {
    return queue.unreadBytes();
  }

  /**
   * How much of the window that was offered last is still free, in bytes: {@code
   * tcp_receive_window}.
   */
  public int windowBytes() {
    return window.left(queue.rcvNxt());
  }

  /** Sets whether a reader is waiting for data. */
  public void setReaderWaits(boolean waits) {
    readerWaits = waits;
  }

  /** {@code tcp_rcv_established}, {@code tcp_rcv_state_process}. */
  void process(Segment segment) {
    sk.count(TcpCounter.SEGMENTS_IN);
    if (!isInWindow(segment)) {
      segment.share.drop();
      sk.countDrop(TcpCounter.BEYOND_WINDOW);
      if (segment.seq < queue.rcvNxt()) {
        acknowledger.enterQuick();
      }
      acknowledger.send(); // tcp_send_dupack
      return;
    }
    if (segment.seq <= window.advertisedAt()) {
      acknowledger.sent(segment.sentNs);
    }
    window.measureRttByEcho(segment, path.events().nowNs());
    Ack ack = segment.ack;
    if (isPredicted(segment)) {
      accept(segment);
      if (ack != null && end.isNews(ack)) {
        end.acknowledged(ack, segment);
        end.sendWhatMay();
      }
      acknowledger.sendIfDue(false);
      return;
    }
    if (ack != null) {
      end.acknowledged(ack, segment);
    }
    if (closed || end.closing().refusesData(segment)) {
      return;
    }
    dataQueue(segment);
    end.sendWhatMay();
    if (!closed) {
      acknowledger.sendIfDue(true);
    }
  }

  /** {@code tcp_sequence}. */
  private boolean isInWindow(Segment segment) {
    long windowEnd = queue.rcvNxt() + windowBytes();
    if (segment.endSeq() < window.advertisedAt() || segment.seq > windowEnd) {
      return false;
    }
    return segment.seq + segment.len <= windowEnd // a FIN may stand out
        || !constants.has(TcpFeature.NOTHING_BEYOND_WINDOW)
        || queue.isEmpty();
  }

  /** The fast path: the next segment, for which there is memory already. */
  private boolean isPredicted(Segment segment) {
    return segment.seq == queue.rcvNxt()
        && !segment.fin
        && !queue.hasGap()
        && segment.truesize <= sk.forwardAlloc()
        && segment.endSeq() <= queue.rcvNxt() + windowBytes()
        && sk.rmemAlloc() < sk.rcvbuf()
        && end.isWindowKnown(segment);
  }

  /** {@code tcp_data_queue}. */
  private void dataQueue(Segment segment) {
    long next = queue.rcvNxt();
    if (segment.endSeq() <= next) {
      acknowledger.duplicate(segment.len);
      dropOutOfWindow(segment);
      return;
    }
    if (segment.seq <= next && windowBytes() == 0) {
      dropOutOfWindow(segment);
      return;
    }
    if (segment.seq > next) {
      outOfOrder(segment);
      return;
    }
    if (takeDirectly(segment)) {
      return;
    }
    if (queue.isEmpty() && constants.has(TcpFeature.EMPTY_QUEUE_IS_FORCED)) {
      sk.forceSchedule(segment.truesize);
    } else if (!queue.trySchedule(segment) && !acceptRefused(segment)) {
      sk.countDrop(TcpCounter.RCVQ_DROPPED);
      segment.share.drop();
      end.application.readable();
      return;
    }
    accept(segment);
    if (queue.hasGap()) {
      queue.closeGaps();
      if (!queue.hasGap()) {
        acks.scheduleNow();
      }
    }
    if (queue.isFinQueued() && !finKnown) {
      finKnown = true;
      acks.schedule();
      acks.enterPingPong();
      end.closing().finReceived();
    }
  }

  /**
   * There was no memory: from 6.6 on the window closes, and an empty queue takes it all the same.
   */
  private boolean acceptRefused(Segment segment) {
    if (!constants.has(TcpFeature.REFUSED_MEANS_ZERO_WINDOW)) {
      return false;
    }
    acks.refused();
    if (!queue.isEmpty()) {
      return false;
    }
    sk.forceSchedule(segment.truesize);
    return true;
  }

  private void dropOutOfWindow(Segment segment) {
    segment.share.drop();
    acknowledger.enterQuick();
    acks.schedule();
  }

  private void outOfOrder(Segment segment) {
    if (segment.seq >= queue.rcvNxt() + windowBytes()) {
      dropOutOfWindow(segment);
      return;
    }
    if (!queue.trySchedule(segment)) {
      sk.countDrop(TcpCounter.OFO_DROPPED);
      segment.share.drop();
      end.application.readable();
      return;
    }
    if (constants.has(TcpFeature.MEASURES_OUT_OF_ORDER)) {
      measure(segment);
    }
    acks.schedule();
    ReceiveQueue.Ahead became = queue.queueOutOfOrder(segment);
    if (became == ReceiveQueue.Ahead.KNOWN) {
      acknowledger.duplicate(segment.len);
      segment.share.drop();
    } else if (constants.has(TcpFeature.OUT_OF_ORDER_GROWS_WINDOW)) {
      growWindow(segment, became == ReceiveQueue.Ahead.JOINED);
    }
    if (constants.has(TcpFeature.RCVBUF_BY_WINDOW)) {
      window.growForOutOfOrder(queue.outOfOrderSpan());
    }
  }

  /**
   * A segment goes straight into the buffer of a reader that waits for it, and no memory is needed
   * for it: {@code tp->ucopy}.
   */
  private boolean takeDirectly(Segment segment) {
    if (!readerWaits
        || segment.fin
        || !constants.has(TcpFeature.DIRECT_COPY)
        || !queue.isEmpty()
        || queue.hasGap()
        || !direct.wants((int) (segment.endSeq() - queue.rcvNxt()))) {
      return false;
    }
    int bytes = (int) (segment.endSeq() - queue.rcvNxt());
    queue.taken(bytes);
    received(segment);
    segment.share.drop();
    readerWaits = false;
    direct.took(bytes);
    return true;
  }

  /** Sets the reader that data is copied to directly while it waits. */
  public void readDirectlyBy(DirectReader reader) {
    direct = reader;
  }

  private void accept(Segment segment) {
    boolean hasData = segment.len > 0;
    queue.queue(segment);
    if (hasData) {
      received(segment);
    }
    end.application.readable();
  }

  /** {@code tcp_event_data_recv}. */
  private void received(Segment segment) {
    long nowNs = path.events().nowNs();
    measure(segment);
    window.measureRttByWindow(queue.rcvNxt(), nowNs);
    if (acks.dataArrived(nowNs, window.advertised(), window.rcvMss())) {
      sk.reclaim();
    }
    if (segment.len >= 128) {
      growWindow(segment, true);
    }
  }

  private void measure(Segment segment) {
    ReceiveWindow.Size size = window.measure(segment);
    if (size == ReceiveWindow.Size.SMALL || (size == ReceiveWindow.Size.FULL && segment.push)) {
      acks.push(size == ReceiveWindow.Size.SMALL);
    }
  }

  private void growWindow(Segment segment, boolean fragmentsOnly) {
    if (window.grow(segment, fragmentsOnly, end.backlogBytes())) {
      acks.atLeastOneQuick();
    }
  }

  /** A byte that was acknowledged already comes again, to ask for the window. */
  void windowProbed() {
    if (!closed) {
      acknowledger.windowProbed();
    }
  }

  /** When and how this half acknowledges. */
  Acknowledger acknowledger() {
    return acknowledger;
  }

  /**
   * The application reads: {@code tcp_recvmsg}, non-blocking.
   *
   * @param bytes the most to read
   * @return how many bytes were read; fewer than asked for if there is no more
   */
  public int read(int bytes) {
    end.lock();
    int taken = queue.read(bytes, this::spaceAdjust);
    acknowledger.cleanUp(taken);
    end.release();
    return taken;
  }

  /**
   * The program closes: what it has not read is thrown away.
   *
   * @return whether there was data
   */
  boolean discard() {
    boolean unread = queue.unreadBytes() > 0;
    queue.discard();
    return unread;
  }

  private void spaceAdjust() {
    window.readUpTo(
        queue.copiedSeq(), queue.rcvNxt(), path.events().nowNs(), queue.outOfOrderSpan());
  }

  /** Ends at once. All memory is given back. */
  void close() {
    closed = true;
    acks.close();
    queue.clear();
    sk.close();
  }
}
