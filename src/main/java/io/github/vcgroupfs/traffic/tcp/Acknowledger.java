package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;

/**
 * What a receiver tells the other end, and when: {@code tcp_send_ack}, {@code tcp_select_window}.
 * {@link AckSchedule} remembers what is due. Not thread-safe.
 */
final class Acknowledger {
  private final TcpEnd end;
  private final Sock sk;
  private final NetworkPath path;
  private final ReceiveWindow window;
  private final ReceiveQueue queue;
  private final AckSchedule acks;

  /** What came twice since the last acknowledgement, bytes: {@code tcp_dsack_set}. */
  private int duplicateBytes;

  /** {@code ts_recent}: when the segment was sent that the next acknowledgement answers. */
  private long recentNs;

  /**
   * Nothing to acknowledge.
   *
   * @param establishedNs when the connection began
   */
  Acknowledger(TcpEnd end, ReceiveWindow window, ReceiveQueue queue, long establishedNs) {
    this.end = end;
    this.sk = end.sk;
    this.path = end.path;
    this.window = window;
    this.queue = queue;
    this.acks =
        new AckSchedule(path, end.constants, this::delayedAckTimeout, this::delayedAckInVain);
    this.recentNs = establishedNs;
  }

  /** What is due. */
  AckSchedule acks() {
    return acks;
  }

  /** So many bytes came that were there already. */
  void duplicate(int bytes) {
    duplicateBytes = bytes;
  }

  /** {@code tcp_replace_ts_recent}. */
  void sent(long segmentSentNs) {
    recentNs = Math.max(recentNs, segmentSentNs);
  }

  /** The newest timestamp that came with data: {@code ts_recent}. */
  long recentNs() {
    return recentNs;
  }

  void enterQuick() {
    acks.enterQuick(window.advertised(), window.rcvMss());
  }

  /** {@code __tcp_ack_snd_check}. */
  void sendIfDue(boolean outOfOrderPossible) {
    if (!acks.isScheduled()) {
      return;
    }
    boolean fullFrame = queue.rcvNxt() - window.advertisedAt() > window.rcvMss();
    if ((fullFrame && selectWindow() >= window.advertised())
        || acks.isImmediate()
        || (outOfOrderPossible && queue.hasGap())) {
      if (!end.defersAck()) {
        send();
      }
    } else {
      acks.delay(end.smoothedRttNs());
    }
  }

  /** {@code tcp_release_cb}. */
  void sendDeferred() {
    if (acks.isScheduled()) {
      send();
    }
  }

  /** {@code tcp_event_data_sent}: an answer that comes soon is a sign of request and response. */
  void dataSent() {
    acks.answered(path.events().nowNs());
  }

  /** {@code __tcp_select_window}, which also ends quick acknowledgements. */
  private int selectWindow() {
    if (window.isTight(end.backlogBytes())) {
      acks.endQuick();
    }
    return window.select(end.backlogBytes());
  }

  /** {@code tcp_delack_timer_handler}. */
  private void delayedAckTimeout() {
    sk.reclaimPartially();
    if (acks.isScheduled()) {
      acks.missed();
      send();
    }
    if (sk.underPressure()) {
      sk.reclaim();
    }
  }

  private void delayedAckInVain() {
    sk.reclaimPartially();
    if (sk.underPressure()) {
      sk.reclaim();
    }
  }

  /** {@code tcp_send_ack}, whatever is due. */
  void send() {
    if (end.state() != TcpState.CLOSED) {
      end.send(piggyback());
    }
  }

  /** What the next segment acknowledges, whether it has data or not. */
  Ack piggyback() {
    int advertised = advertise();
    acks.sent();
    long nowNs = path.events().nowNs();
    Ack ack = new Ack(queue.rcvNxt(), advertised, queue.sacks(), duplicateBytes, nowNs, recentNs);
    duplicateBytes = 0;
    return ack;
  }

  /** {@code tcp_select_window}. */
  private int advertise() {
    int selected = 0;
    if (!acks.isOutOfMemory()) {
      selected = selectWindow();
      int current = window.left(queue.rcvNxt());
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
    if (acks.mayAnswerProbe(path.events().nowNs())) {
      send();
    }
  }

  /** {@code tcp_cleanup_rbuf}: does the sender have to know what was read? */
  void cleanUp(int copied) {
    boolean due =
        acks.isScheduled()
            && (queue.rcvNxt() - window.advertisedAt() > window.rcvMss()
                || (copied > 0 && acks.isPushed() && sk.rmemAlloc() == 0));
    if (copied > 0 && !due) {
      int now = window.left(queue.rcvNxt());
      if (2L * now <= window.clampBytes()) {
        int fresh = selectWindow();
        due = fresh > 0 && fresh >= 2 * now;
      }
    }
    if (due) {
      send();
    }
  }
}
