package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a connection: {@code tcp_rcv_established}, {@code tcp_data_queue}, {@code
 * tcp_recvmsg}, and when to acknowledge. {@link ReceiveQueue} holds the data, and {@link
 * ReceiveWindow} decides how much may be sent. Not thread-safe.
 */
public final class TcpReceiver {
  private final Sock sk;
  private final TcpConstants constants;
  private final NetworkPath path;
  private final long delayNs;
  private final ReceiveWindow window;
  private final ReceiveQueue queue;
  private final AckSchedule acks;
  private final Runnable readable;
  private DirectReader direct = DirectReader.NOBODY;
  private @Nullable TcpSender peer;

  private final Backlog backlog;

  private boolean owned;
  private boolean inBacklog;
  private boolean ackDeferred;
  private int duplicateBytes;
  private boolean closed;

  /** Whether a reader is blocked with nothing to read. */
  private boolean readerWaits;

  /**
   * The receiving end.
   *
   * @param readable called when there is something to read
   */
  TcpReceiver(Sock sk, TcpConstants constants, NetworkPath path, long delayNs, Runnable readable) {
    this.sk = sk;
    this.constants = constants;
    this.path = path;
    this.delayNs = delayNs;
    this.readable = readable;
    this.window = new ReceiveWindow(sk, constants, path.events().nowNs());
    this.queue = new ReceiveQueue(sk, constants, window);
    this.backlog = new Backlog(constants.has(TcpFeature.BACKLOG_COALESCING));
    this.acks = new AckSchedule(path, constants, this::delayedAckTimeout);
  }

  void established(TcpSender sender) {
    peer = sender;
  }

  int initialWindow() {
    return window.advertised();
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

  /** A packet arrives. */
  void arrive(Segment segment) {
    sk.count(TcpCounter.SEGMENTS_IN);
    if (closed) {
      segment.share.drop();
    } else if (owned) {
      backlog.add(segment);
    } else {
      process(segment);
    }
  }

  /** {@code tcp_rcv_established}. */
  private void process(Segment segment) {
    if (!isInWindow(segment)) {
      segment.share.drop();
      sk.countDrop(TcpCounter.BEYOND_WINDOW);
      if (segment.seq < queue.rcvNxt()) {
        enterQuickAck();
      }
      sendAck(); // tcp_send_dupack
      return;
    }
    window.measureRttByEcho(segment, path.events().nowNs());
    if (isPredicted(segment)) {
      accept(segment);
      acknowledgeIfDue(false);
    } else {
      dataQueue(segment);
      acknowledgeIfDue(true);
    }
  }

  /** {@code tcp_sequence}. */
  private boolean isInWindow(Segment segment) {
    long end = queue.rcvNxt() + windowBytes();
    if (segment.endSeq() < window.advertisedAt() || segment.seq > end) {
      return false;
    }
    return segment.endSeq() <= end
        || !constants.has(TcpFeature.NOTHING_BEYOND_WINDOW)
        || queue.isEmpty();
  }

  /** The fast path: the next segment, for which there is memory already. */
  private boolean isPredicted(Segment segment) {
    return segment.seq == queue.rcvNxt()
        && !queue.hasGap()
        && segment.truesize <= sk.forwardAlloc()
        && segment.endSeq() <= queue.rcvNxt() + windowBytes()
        && sk.rmemAlloc() < sk.rcvbuf();
  }

  /** {@code tcp_data_queue}. */
  private void dataQueue(Segment segment) {
    long next = queue.rcvNxt();
    if (segment.endSeq() <= next) {
      duplicateBytes = segment.len; // tcp_dsack_set
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
      readable.run();
      return;
    }
    accept(segment);
    if (queue.hasGap()) {
      queue.closeGaps();
      if (!queue.hasGap()) {
        acks.scheduleNow();
      }
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
    enterQuickAck();
    acks.schedule();
  }

  private void outOfOrder(Segment segment) {
    if (segment.seq >= queue.rcvNxt() + windowBytes()) {
      dropOutOfWindow(segment);
      return;
    }
    acks.scheduleNow();
    if (!queue.trySchedule(segment)) {
      sk.countDrop(TcpCounter.OFO_DROPPED);
      segment.share.drop();
      readable.run();
    } else if (!queue.queueOutOfOrder(segment)) {
      segment.share.drop();
    }
  }

  /**
   * A segment goes straight into the buffer of a reader that waits for it, and no memory is needed
   * for it: {@code tp->ucopy}.
   */
  private boolean takeDirectly(Segment segment) {
    if (!readerWaits
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
    queue.queue(segment);
    received(segment);
    readable.run();
  }

  /** {@code tcp_event_data_recv}. */
  private void received(Segment segment) {
    long nowNs = path.events().nowNs();
    boolean small = window.measure(segment);
    if (small || segment.push) {
      acks.push(small);
    }
    window.measureRttByWindow(queue.rcvNxt(), nowNs);
    if (acks.dataArrived(nowNs, window.advertised(), window.rcvMss())) {
      sk.reclaim();
    }
    if (segment.len >= 128 && window.grow(segment, backlog.bytes())) {
      acks.atLeastOneQuick();
    }
  }

  private void enterQuickAck() {
    acks.enterQuick(window.advertised(), window.rcvMss());
  }

  /** {@code __tcp_ack_snd_check}. */
  private void acknowledgeIfDue(boolean outOfOrderPossible) {
    if (!acks.isScheduled()) {
      return;
    }
    boolean fullFrame = queue.rcvNxt() - window.advertisedAt() > window.rcvMss();
    if ((fullFrame && selectWindow() >= window.advertised())
        || acks.isImmediate()
        || (outOfOrderPossible && queue.hasGap())) {
      if (inBacklog && constants.has(TcpFeature.DEFERS_BACKLOG_ACK)) {
        ackDeferred = true;
      } else {
        sendAck();
      }
    } else {
      acks.delay();
    }
  }

  /** {@code __tcp_select_window}, which also ends quick acknowledgements. */
  private int selectWindow() {
    if (window.isTight(backlog.bytes())) {
      acks.endQuick();
    }
    return window.select(backlog.bytes());
  }

  /** {@code tcp_delack_timer_handler}. */
  private void delayedAckTimeout() {
    sk.reclaimPartially();
    if (acks.isScheduled()) {
      acks.missed();
      sendAck();
    }
    if (sk.underPressure()) {
      sk.reclaim();
    }
  }

  /** {@code tcp_send_ack}. */
  private void sendAck() {
    TcpSender sender = peer;
    if (sender == null) {
      throw new IllegalStateException("an acknowledgement was due before the handshake");
    }
    int advertised = advertise();
    acks.sent();
    Ack ack =
        new Ack(queue.rcvNxt(), advertised, queue.sacks(), duplicateBytes, path.events().nowNs());
    duplicateBytes = 0;
    path.transmit(() -> sender.acknowledge(ack), delayNs);
  }

  /** {@code tcp_select_window}. */
  private int advertise() {
    int selected = 0;
    if (!acks.isOutOfMemory()) {
      selected = selectWindow();
      int current = windowBytes();
      if (selected < current) {
        selected = window.align(current); // an offered window never shrinks
      }
      if (selected == 0 && window.advertised() != 0) {
        sk.count(TcpCounter.ZERO_WINDOW);
      }
    }
    window.advertise(selected, queue.rcvNxt());
    return selected;
  }

  /** A byte that was acknowledged already comes again, to ask for the window. */
  void windowProbed() {
    if (!closed && !owned && acks.mayAnswerProbe(path.events().nowNs())) {
      sendAck();
    }
  }

  /**
   * The application reads: {@code tcp_recvmsg}, non-blocking.
   *
   * @param bytes the most to read
   * @return how many bytes were read; fewer than asked for if there is no more
   */
  public int read(int bytes) {
    owned = true;
    int taken = queue.read(bytes, this::spaceAdjust);
    cleanUp(taken);
    releaseSock();
    return taken;
  }

  /** {@code release_sock}: what came meanwhile is looked at, and acknowledged once. */
  private void releaseSock() {
    inBacklog = true;
    Segment next = backlog.poll();
    while (next != null) {
      process(next);
      next = backlog.poll();
    }
    inBacklog = false;
    backlog.done();
    owned = false;
    if (ackDeferred) {
      ackDeferred = false;
      if (acks.isScheduled()) {
        sendAck(); // tcp_release_cb
      }
    }
  }

  private void spaceAdjust() {
    window.readUpTo(
        queue.copiedSeq(), queue.rcvNxt(), path.events().nowNs(), queue.outOfOrderSpan());
  }

  /** {@code tcp_cleanup_rbuf}: does the sender have to know what was read? */
  private void cleanUp(int copied) {
    boolean due =
        acks.isScheduled()
            && (queue.rcvNxt() - window.advertisedAt() > window.rcvMss()
                || (copied > 0 && acks.isPushed() && sk.rmemAlloc() == 0));
    if (copied > 0 && !due) {
      int now = windowBytes();
      if (2L * now <= window.clampBytes()) {
        int fresh = selectWindow();
        due = fresh > 0 && fresh >= 2 * now;
      }
    }
    if (due) {
      sendAck();
    }
  }

  /** Ends at once. All memory is given back. */
  void close() {
    closed = true;
    acks.close();
    queue.clear();
    sk.close();
  }
}
