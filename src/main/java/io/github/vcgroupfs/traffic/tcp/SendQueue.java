package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;
import org.jspecify.annotations.Nullable;

/**
 * What a sender has accepted and not sent: buffers are made, filled, joined and cut here, and their
 * memory is asked for. {@code tcp_sendmsg_locked}, {@code tcp_stream_alloc_skb}, {@code
 * tso_fragment}, {@code tcp_grow_skb}. Not thread-safe.
 */
final class SendQueue {
  private final Sock sk;
  private final TcpConstants constants;
  private final SkbList unsent = new SkbList();
  private long writeSeq;

  SendQueue(Sock sk, TcpConstants constants) {
    this.sk = sk;
    this.constants = constants;
  }

  /** {@code write_seq}: the number that the next byte of the application gets. */
  long writeSeq() {
    return writeSeq;
  }

  boolean isEmpty() {
    return unsent.isEmpty();
  }

  @Nullable Skb head() {
    return unsent.first();
  }

  @Nullable Skb tail() {
    return unsent.last();
  }

  Skb removeHead() {
    return unsent.removeFirst();
  }

  /**
   * A new, empty buffer at the tail.
   *
   * @param nothingQueued whether nothing is queued or in flight: then it cannot be refused, from
   *     4.4 on
   * @return null if there was no memory
   */
  @Nullable Skb allocate(boolean nothingQueued) {
    int linear = hasHead(nothingQueued) ? Truesize.linearRoom(constants) : 0;
    int overhead = Truesize.ofSendBuffer(constants, linear);
    reclaimUnderPressure(sk, constants);
    if (nothingQueued && constants.has(TcpFeature.FIRST_SEND_IS_FORCED)) {
      sk.forceSchedule(overhead);
    } else if (!sk.scheduleSend(overhead)) {
      return null;
    }
    sk.queueScheduled(overhead);
    Skb skb = new Skb(writeSeq, overhead, linear);
    unsent.add(skb);
    return skb;
  }

  /** {@code select_size}: whether a new buffer has a head for data. */
  private boolean hasHead(boolean nothingQueued) {
    return constants.has(TcpFeature.HEAD_IN_EVERY_BUFFER)
        || (nothingQueued && constants.has(TcpFeature.HEAD_IN_FIRST_BUFFER));
  }

  private static void reclaimUnderPressure(Sock sk, TcpConstants constants) {
    if (constants.has(TcpFeature.RECLAIM_BEFORE_SEND) && sk.underPressure()) {
      sk.reclaimPartially();
    }
  }

  /** Copies data into the head of the buffer at the tail, which costs nothing more. */
  void copyIntoHead(Skb skb, int bytes) {
    skb.appendToHead(bytes);
    skb.pcount = 0;
    writeSeq += bytes;
  }

  /**
   * Copies data of the application into the buffer at the tail.
   *
   * @return how much there was memory for
   */
  int copyInto(Skb skb, long address, int bytes) {
    int granted = grant(bytes);
    if (granted > 0) {
      sk.queueScheduled(granted);
      skb.append(address, granted);
      skb.pcount = 0;
      writeSeq += granted;
    }
    return granted;
  }

  /** {@code tcp_wmem_schedule}; before 6.0 all or nothing. */
  private int grant(int bytes) {
    if (sk.scheduleSend(bytes)) {
      return bytes;
    }
    if (!constants.has(TcpFeature.SEND_GUARANTEE)) {
      return 0;
    }
    int left = constants.wmem().minBytes() - sk.wmemQueued();
    if (left > 0) {
      sk.forceSchedule(Math.min(left, bytes));
    }
    return Math.min(bytes, sk.forwardAlloc());
  }

  /**
   * A FIN: behind the data that is unsent, or in a buffer of its own, whose memory is never refused
   * ({@code tcp_send_fin}).
   *
   * @param lastSent the buffer sent last, if the FIN may join it; it is sent with it only if that
   *     has to be sent again
   * @return whether there is something to send
   */
  boolean addFin(@Nullable Skb lastSent) {
    Skb tail = unsent.last();
    Skb with = tail == null ? lastSent : tail;
    if (with == null) {
      int overhead = constants.skbOverheadBytes();
      if (constants.has(TcpFeature.FIRST_SEND_IS_FORCED)) {
        sk.forceSchedule(overhead); // before, nobody asked whether there was memory
      }
      sk.queueScheduled(overhead);
      with = new Skb(writeSeq, overhead, 0);
      unsent.add(with);
    }
    with.fin = true;
    writeSeq++;
    return !unsent.isEmpty();
  }

  /** Throws all of it away: {@code tcp_write_queue_purge}. */
  void purge() {
    while (!unsent.isEmpty()) {
      sk.freeSent(unsent.removeFirst().truesize);
    }
  }

  /** {@code tcp_remove_empty_skb}. */
  void removeEmpty() {
    Skb last = unsent.last();
    if (last != null && last.len == 0 && !last.fin) {
      unsent.removeLast();
      sk.freeSent(last.truesize);
    }
  }

  /** The head takes data of the buffer behind it: {@code tcp_grow_skb}. */
  void grow(Skb head, int missingBytes) {
    if (unsent.size() < 2) {
      return;
    }
    Skb next = unsent.get(1);
    int bytes = Math.min(missingBytes, next.len);
    if (bytes > 0 && head.shiftFrom(next, bytes)) {
      head.push |= next.push && next.len == 0;
      if (next.len == 0) {
        head.fin |= next.fin;
        unsent.remove(1);
        sk.freeSent(next.truesize);
      }
    }
  }

  /** Cuts the head; what is behind that many bytes becomes a buffer of its own. */
  void split(Skb head, int bytes) {
    unsent.insert(1, cut(sk, constants, head, bytes));
  }

  /** A buffer with what a buffer holds behind that many bytes; its memory is never refused. */
  static Skb cut(Sock sk, TcpConstants constants, Skb skb, int bytes) {
    int linear = skb.headBytesBehind(bytes);
    int overhead = Truesize.ofSendBuffer(constants, linear);
    reclaimUnderPressure(sk, constants);
    sk.forceSchedule(overhead);
    sk.queueScheduled(overhead);
    skb.unclone();
    Skb rest = new Skb(skb.seq + bytes, overhead, linear);
    skb.splitInto(rest, bytes);
    rest.push = skb.push;
    skb.push = false;
    rest.fin = skb.fin;
    skb.fin = false;
    rest.mss = skb.mss;
    rest.sentNs = skb.sentNs;
    rest.serial = skb.serial;
    rest.firstSentNs = skb.firstSentNs;
    rest.deliveredNs = skb.deliveredNs;
    rest.delivered = skb.delivered;
    rest.appLimited = skb.appLimited;
    rest.everRetransmitted = skb.everRetransmitted;
    return rest;
  }
}
