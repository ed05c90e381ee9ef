package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver holds: data in order for the reader, and data that came out of order; with the
 * memory for both ({@code tcp_try_rmem_schedule}, {@code tcp_prune_queue}, {@code
 * tcp_try_coalesce}, {@code tcp_collapse}). Not thread-safe.
 */
final class ReceiveQueue {
  /** {@code tcp_prune_ofo_queue} goes back in slices of rcvbuf / 8. */
  private static final int PRUNE_SLICE_SHIFT = 3;

  private final Sock sk;
  private final TcpConstants constants;
  private final ReceiveWindow window;
  private final ArrayDeque<Segment> inOrder = new ArrayDeque<>(1);
  private @Nullable List<Segment> outOfOrder;
  private long rcvNxt;
  private long unreadBytes;

  private boolean finQueued;
  private boolean finRead;

  /** Bytes that the reader has taken of the first segment. */
  private int readOfFirst;

  ReceiveQueue(Sock sk, TcpConstants constants, ReceiveWindow window) {
    this.sk = sk;
    this.constants = constants;
    this.window = window;
  }

  /** {@code rcv_nxt}: the next byte expected. */
  long rcvNxt() {
    return rcvNxt;
  }

  /** {@code copied_seq}: the next byte for the reader. */
  long copiedSeq() {
    return rcvNxt - unreadBytes;
  }

  long unreadBytes() {
    return unreadBytes;
  }

  /** The first byte of the oldest buffer in order. */
  long heldFrom() {
    Segment first = inOrder.peekFirst();
    return first == null ? rcvNxt : first.seq;
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  boolean hasGap() {
    List<Segment> held = outOfOrder;
    return held != null && !held.isEmpty();
  }

  /** Bytes between the next byte expected and the end of what came out of order. */
  long outOfOrderSpan() {
    List<Segment> held = outOfOrder;
    return held == null || held.isEmpty() ? 0 : held.get(held.size() - 1).endSeq() - rcvNxt;
  }

  /** The next bytes went straight to a reader. */
  void taken(int bytes) {
    rcvNxt += bytes;
  }

  /** {@code tcp_try_rmem_schedule}. */
  boolean trySchedule(Segment segment) {
    if (!fits() || !sk.scheduleReceive(segment.truesize)) {
      if (!prune(segment)) {
        return false;
      }
      while (!sk.scheduleReceive(segment.truesize)) {
        if (!dropOutOfOrder(segment)) {
          return false;
        }
        if (!constants.has(TcpFeature.SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE)) {
          return sk.scheduleReceive(segment.truesize);
        }
      }
    }
    return true;
  }

  /** {@code tcp_can_ingest}, and what came before it. */
  private boolean fits() {
    return sk.rmemAlloc() <= sk.rcvbuf();
  }

  /** {@code tcp_prune_queue}: whether rcvbuf has room. */
  private boolean prune(Segment incoming) {
    if (constants.has(TcpFeature.INGEST_TEST) && sk.rmemAlloc() == 0) {
      return false;
    }
    sk.count(TcpCounter.PRUNED);
    boolean over = constants.has(TcpFeature.INGEST_TEST) ? !fits() : sk.rmemAlloc() >= sk.rcvbuf();
    if (over) {
      window.clamp();
    } else if (sk.underPressure()) {
      window.cutUnderPressure();
    }
    if (fits() && !constants.has(TcpFeature.PRUNE_ALWAYS_COLLAPSES)) {
      return true;
    }
    collapse();
    sk.reclaim();
    if (fits()) {
      return true;
    }
    dropOutOfOrder(incoming);
    if (fits()) {
      return true;
    }
    sk.count(TcpCounter.RCV_PRUNED);
    return false;
  }

  /**
   * {@code tcp_prune_ofo_queue}: the newest go first.
   *
   * @return whether something was dropped
   */
  private boolean dropOutOfOrder(Segment incoming) {
    List<Segment> held = outOfOrder;
    if (held == null || held.isEmpty()) {
      return false;
    }
    boolean all = constants.has(TcpFeature.PRUNE_DROPS_ALL_OUT_OF_ORDER);
    int goal = sk.rcvbuf() >> PRUNE_SLICE_SHIFT;
    boolean any = false;
    while (!held.isEmpty()) {
      Segment last = held.get(held.size() - 1);
      if (constants.has(TcpFeature.INGEST_TEST) && incoming.seq >= last.seq) {
        break; // older data is not given up for newer
      }
      held.remove(held.size() - 1);
      free(last);
      any = true;
      goal -= last.truesize;
      if (!all && goal <= 0) {
        sk.reclaim();
        if (fits() && !sk.underPressure()) {
          break;
        }
        goal = sk.rcvbuf() >> PRUNE_SLICE_SHIFT;
      }
    }
    sk.reclaim();
    if (any) {
      sk.count(TcpCounter.OFO_PRUNED);
    }
    return any;
  }

  /** {@code tcp_collapse}: the small buffers of the queue are copied into as few as can be. */
  private void collapse() {
    if (inOrder.size() < 2) {
      return;
    }
    List<Segment> all = new ArrayList<>(inOrder);
    List<Segment> collapsed = new ArrayList<>();
    Segment into = null;
    int room = 0;
    for (Segment segment : all) {
      boolean bloated = segment.truesize > 2 * segment.len;
      if (into != null && room >= segment.len) {
        room -= segment.len;
        into.len += segment.len;
        into.fin |= segment.fin;
        free(segment);
        sk.count(TcpCounter.RCV_COLLAPSED);
        continue;
      }
      if (!bloated) {
        into = null;
        collapsed.add(segment);
        continue;
      }
      int overhead = segment.overheadBytes;
      int size = Pages.SIZE_BYTES - overhead; // SKB_MAX_ORDER(0, 0)
      Segment fresh = new Segment(segment.seq, segment.len, new Share());
      fresh.overheadBytes = overhead;
      fresh.truesize = Math.max(size, segment.len) + overhead;
      fresh.mss = segment.mss;
      fresh.fin = segment.fin;
      free(segment);
      sk.forceSchedule(fresh.truesize);
      sk.queueReceived(fresh.truesize);
      room = Math.max(0, size - segment.len);
      into = fresh;
      collapsed.add(fresh);
    }
    inOrder.clear();
    inOrder.addAll(collapsed);
  }

  private void free(Segment segment) {
    sk.freeReceived(segment.truesize);
    segment.share.drop();
  }

  /** A segment that is next, with its memory scheduled: {@code tcp_queue_rcv}. */
  void queue(Segment segment) {
    if (!append(segment)) {
      sk.queueReceived(segment.truesize);
      inOrder.add(segment);
    }
  }

  /** The bytes of a segment are next; true if it became part of the last buffer. */
  private boolean append(Segment segment) {
    int known = (int) Math.min(segment.len, Math.max(0, rcvNxt - segment.seq));
    Segment tail = inOrder.peekLast();
    rcvNxt = segment.endSeq();
    finQueued |= segment.fin;
    unreadBytes += segment.len - known;
    finQueued |= segment.fin;
    if (known == 0 && tail != null && coalesce(tail, segment)) {
      return true;
    }
    segment.seq += known;
    segment.len -= known;
    return false;
  }

  /** {@code tcp_try_coalesce}. */
  private boolean coalesce(Segment to, Segment from) {
    if (!constants.has(TcpFeature.RECEIVE_COALESCING)) {
      return false;
    }
    if (from.len == 0) {
      return to.tryAppendFin(from);
    }
    int delta = to.tryAppend(from);
    if (delta > 0) {
      sk.queueReceived(delta);
    }
    return delta != Segment.APART;
  }

  /** What became of a segment that is ahead. */
  enum Ahead {
    KEPT,
    /** It became part of the buffer before it. */
    JOINED,
    /** Everything in it was there already. */
    KNOWN
  }

  /** A segment that is ahead: {@code tcp_data_queue_ofo}. What it covers is freed. */
  Ahead queueOutOfOrder(Segment segment) {
    List<Segment> held = outOfOrder;
    if (held == null) {
      held = new ArrayList<>();
      outOfOrder = held;
    }
    int at = held.size();
    while (at > 0 && held.get(at - 1).seq > segment.seq) {
      at--;
    }
    if (at > 0 && held.get(at - 1).endSeq() >= segment.endSeq()) {
      return Ahead.KNOWN;
    }
    if (at > 0 && coalesce(held.get(at - 1), segment)) {
      return Ahead.JOINED;
    }
    while (at < held.size() && held.get(at).endSeq() <= segment.endSeq()) {
      free(held.remove(at));
    }
    sk.queueReceived(segment.truesize);
    held.add(at, segment);
    return Ahead.KEPT;
  }

  /** What is no longer ahead goes in order, with the memory it has: {@code tcp_ofo_queue}. */
  void closeGaps() {
    List<Segment> held = outOfOrder;
    while (held != null && !held.isEmpty() && held.get(0).seq <= rcvNxt) {
      Segment first = held.remove(0);
      if (first.endSeq() <= rcvNxt) {
        free(first);
        continue;
      }
      int truesize = first.truesize;
      if (append(first)) {
        sk.freeReceived(truesize);
      } else {
        inOrder.add(first);
      }
    }
  }

  /** The ranges held out of order, the newest first: {@code tcp_sack_new_ofo_skb}. */
  long[] sacks() {
    List<Segment> held = outOfOrder;
    if (held == null || held.isEmpty()) {
      return Ack.NO_SACK;
    }
    List<long[]> ranges = new ArrayList<>();
    for (Segment segment : held) {
      long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last[1] >= segment.seq) {
        last[1] = Math.max(last[1], segment.endSeq());
      } else {
        ranges.add(new long[] {segment.seq, segment.endSeq()});
      }
    }
    int first = Math.max(0, ranges.size() - 3); // three blocks beside timestamps
    long[] blocks = new long[2 * (ranges.size() - first)];
    for (int i = ranges.size() - 1; i >= first; i--) {
      blocks[2 * (ranges.size() - 1 - i)] = ranges.get(i)[0];
      blocks[2 * (ranges.size() - 1 - i) + 1] = ranges.get(i)[1];
    }
    return blocks;
  }

  /**
   * The reader takes bytes.
   *
   * @param eaten called for each segment of which something was taken
   */
  int read(int bytes, Runnable eaten) {
    int taken = 0;
    while (taken < bytes && !inOrder.isEmpty()) {
      Segment first = inOrder.getFirst();
      int part = Math.min(bytes - taken, first.len - readOfFirst);
      readOfFirst += part;
      taken += part;
      unreadBytes -= part;
      eaten.run();
      if (readOfFirst == first.len) {
        readOfFirst = 0;
        finRead |= first.fin;
        inOrder.removeFirst();
        free(first);
      }
    }
    return taken;
  }

  void clear() {
    for (Segment segment : inOrder) {
      segment.share.drop();
    }
    inOrder.clear();
    outOfOrder = null;
    unreadBytes = 0;
    readOfFirst = 0;
  }

  /** Throws away what is unread: {@code tcp_close}. */
  void discard() {
    for (Segment segment : inOrder) {
      finRead |= segment.fin;
      free(segment);
    }
    inOrder.clear();
    unreadBytes = 0;
    readOfFirst = 0;
  }

  /** Whether the FIN has come, and everything before it. */
  boolean isFinQueued() {
    return finQueued;
  }

  /** Whether the reader has come to the FIN. */
  boolean isFinRead() {
    return finRead;
  }
}
