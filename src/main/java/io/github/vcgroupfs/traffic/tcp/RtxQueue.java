package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.sock.Sock;

/**
 * What a sender has sent and not seen acknowledged, with the counts that say how much of it is in
 * flight: {@code tcp_rtx_queue}, {@code tcp_clean_rtx_queue}, {@code tcp_sacktag_write_queue}. Not
 * thread-safe.
 */
final class RtxQueue {
  private final Sock sk;
  private final TcpConstants constants;
  private final SkbList sent = new SkbList();
  private int packetsOut;
  private int sackedOut;
  private int lostOut;
  private int retransOut;

  /** The buffer sent last of those that arrived, as the transmission and when it was. */
  private long deliveredSerial = -1;

  private long deliveredSentNs;

  /** {@code tcp_highest_sack_seq}: where what arrived out of order ends. */
  private long sackedEnd;

  RtxQueue(Sock sk, TcpConstants constants) {
    this.sk = sk;
    this.constants = constants;
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  int size() {
    return sent.size();
  }

  Skb get(int index) {
    return sent.get(index);
  }

  /** Segments sent and not acknowledged. */
  int packetsOut() {
    return packetsOut;
  }

  int sackedOut() {
    return sackedOut;
  }

  int lostOut() {
    return lostOut;
  }

  /** {@code tcp_packets_in_flight}. */
  int inFlight() {
    return packetsOut - sackedOut - lostOut + retransOut;
  }

  void add(Skb skb) {
    sent.add(skb);
    packetsOut += skb.pcount;
  }

  /** Throws all of it away: {@code tcp_write_queue_purge}. */
  void purge() {
    while (!sent.isEmpty()) {
      Skb skb = sent.removeFirst();
      skb.share().drop();
      sk.freeSent(skb.truesize);
    }
    packetsOut = 0;
    sackedOut = 0;
    lostOut = 0;
    retransOut = 0;
  }

  /** The transmission that arrived last, by the order of sending. */
  long deliveredSerial() {
    return deliveredSerial;
  }

  /** When that was sent, nanoseconds. */
  long deliveredSentNs() {
    return deliveredSentNs;
  }

  /** What an acknowledgement brought; of the buffer sent last, what it says of the path. */
  static final class Cleaned {
    int segments;

    /** When the last buffer that was sent only once was sent; or -1: no round trip is known. */
    long onceSentNs = -1;

    /** When the first buffer was sent that arrived out of order and was sent only once; or -1. */
    long sackedSentNs = -1;

    /** Where a buffer begins that was overtaken: it was sent once, and came after later ones. */
    long overtakenSeq = Long.MAX_VALUE;

    private long serial = -1;
    long sentNs;
    long firstSentNs;
    long deliveredNs;
    long delivered;
    boolean appLimited;
  }

  /**
   * Frees what is acknowledged: {@code tcp_clean_rtx_queue}.
   *
   * @param newestNs what was sent again later than that cannot have arrived yet
   */
  Cleaned clean(long sndUna, long newestNs) {
    Cleaned cleaned = new Cleaned();
    while (!sent.isEmpty()) {
      Skb skb = sent.get(0);
      if (skb.endSeq() > sndUna) {
        trim(skb, sndUna, cleaned, newestNs);
        break;
      }
      cleaned.segments += skb.sacked ? 0 : skb.pcount;
      forget(skb, skb.pcount);
      arrived(skb, cleaned, newestNs);
      sent.removeFirst();
      skb.share().drop();
      sk.freeSent(skb.truesize);
    }
    return cleaned;
  }

  /** A buffer of several segments of which the first are acknowledged: {@code tcp_tso_acked}. */
  private void trim(Skb skb, long sndUna, Cleaned cleaned, long newestNs) {
    if (skb.pcount <= 1 || sndUna <= skb.seq) {
      return;
    }
    int bytes = (int) (sndUna - skb.seq);
    int before = skb.pcount;
    skb.unclone();
    sk.freeSent(skb.trimHead(bytes));
    int after = Math.max(1, (skb.len + skb.mss - 1) / skb.mss);
    forget(skb, before - after);
    skb.pcount = after;
    cleaned.segments += before - after;
    arrived(skb, cleaned, newestNs);
  }

  private void arrived(Skb skb, Cleaned cleaned, long newestNs) {
    if (skb.sacked) {
      return; // it had arrived before
    }
    sampled(skb, cleaned);
    if (!skb.everRetransmitted) {
      cleaned.onceSentNs = skb.sentNs;
      overtaken(skb, cleaned);
    }
    delivered(skb, newestNs);
  }

  /** {@code tcp_rate_skb_delivered}: the buffer sent last tells of the path. */
  private static void sampled(Skb skb, Cleaned cleaned) {
    if (skb.serial > cleaned.serial) {
      cleaned.serial = skb.serial;
      cleaned.sentNs = skb.sentNs;
      cleaned.firstSentNs = skb.firstSentNs;
      cleaned.deliveredNs = skb.deliveredNs;
      cleaned.delivered = skb.delivered;
      cleaned.appLimited = skb.appLimited;
    }
  }

  private void overtaken(Skb skb, Cleaned cleaned) {
    if (skb.seq < sackedEnd) {
      cleaned.overtakenSeq = Math.min(cleaned.overtakenSeq, skb.seq);
    }
  }

  /** {@code tcp_rack_advance}: of what was sent again, the first may be what has arrived. */
  private void delivered(Skb skb, long newestNs) {
    boolean ambiguous = skb.everRetransmitted && skb.sentNs > newestNs;
    if (skb.serial > deliveredSerial && !ambiguous) {
      deliveredSerial = skb.serial;
      deliveredSentNs = skb.sentNs;
    }
  }

  /** Bytes from there to the end of what arrived out of order. */
  int bytesBehind(long seq) {
    return (int) Math.max(0, sackedEnd - seq);
  }

  int retransOut() {
    return retransOut;
  }

  /** Nothing was lost: {@code tcp_undo_cwnd_reduction}. */
  void unmarkAllLost() {
    for (int i = 0; i < sent.size(); i++) {
      unmarkLost(sent.get(i));
    }
  }

  private void forget(Skb skb, int segments) {
    packetsOut -= segments;
    sackedOut -= skb.sacked ? segments : 0;
    lostOut -= skb.lost ? segments : 0;
    retransOut -= skb.retransmitted ? segments : 0;
  }

  /**
   * Marks what has arrived out of order; true if something was new.
   *
   * @param cleaned what the same acknowledgement has brought
   * @param newestNs what was sent again later than that cannot have arrived yet
   */
  boolean sack(long[] blocks, Cleaned cleaned, long newestNs) {
    boolean any = false;
    long end = sackedEnd;
    for (int block = 0; block + 1 < blocks.length; block += 2) {
      for (int i = 0; i < sent.size(); i++) {
        Skb skb = sent.get(i);
        if (!skb.sacked && skb.seq >= blocks[block] && skb.endSeq() <= blocks[block + 1]) {
          any = true;
          sacked(skb, cleaned);
          end = Math.max(end, skb.endSeq());
          unmarkLost(skb);
          unmarkRetransmitted(skb);
          skb.sacked = true;
          sackedOut += skb.pcount;
          delivered(skb, newestNs);
        }
      }
    }
    sackedEnd = end;
    return any;
  }

  private void sacked(Skb skb, Cleaned cleaned) {
    cleaned.segments += skb.pcount;
    sampled(skb, cleaned);
    if (!skb.everRetransmitted) {
      cleaned.sackedSentNs = cleaned.sackedSentNs < 0 ? skb.sentNs : cleaned.sackedSentNs;
      overtaken(skb, cleaned);
    }
  }

  /** {@code tcp_mark_skb_lost}. */
  void markLost(Skb skb) {
    unmarkRetransmitted(skb);
    if (!skb.lost) {
      skb.lost = true;
      lostOut += skb.pcount;
    }
  }

  void markRetransmitted(Skb skb) {
    if (!skb.retransmitted) {
      skb.retransmitted = true;
      retransOut += skb.pcount;
    }
    skb.everRetransmitted = true;
  }

  private void unmarkLost(Skb skb) {
    if (skb.lost) {
      skb.lost = false;
      lostOut -= skb.pcount;
    }
  }

  private void unmarkRetransmitted(Skb skb) {
    if (skb.retransmitted) {
      skb.retransmitted = false;
      retransOut -= skb.pcount;
    }
  }

  /** Cuts a buffer in two: {@code tcp_fragment}. */
  void split(int index, int bytes, int mss) {
    Skb skb = sent.get(index);
    int before = skb.pcount;
    Skb rest = SendQueue.cut(sk, constants, skb, bytes);
    rest.lost = skb.lost;
    rest.sacked = skb.sacked;
    rest.retransmitted = skb.retransmitted;
    setSegments(skb, mss);
    setSegments(rest, mss);
    forget(skb, before - skb.pcount - rest.pcount);
    sent.insert(index + 1, rest);
  }

  /**
   * A small buffer that is sent again takes in those behind it: {@code tcp_retrans_try_collapse}.
   *
   * @param space bytes that it may have in the end
   */
  void collapse(int index, int space, long windowEnd) {
    Skb skb = sent.get(index);
    int left = space - skb.len;
    while (skb.pcount == 1 && index + 1 < sent.size()) {
      Skb next = sent.get(index + 1);
      left -= next.len;
      boolean whole = next.pcount == 1 && !next.share().isShared() && !next.sacked;
      if (!whole || left < 0 || next.endSeq() > windowEnd || !skb.shiftFrom(next, next.len)) {
        return;
      }
      forget(next, 1);
      skb.push |= next.push;
      skb.fin |= next.fin;
      sent.remove(index + 1);
      sk.freeSent(next.truesize);
      skb.mss = skb.len;
    }
  }

  /** {@code tcp_set_skb_tso_segs} of a buffer that is in the queue. */
  void resegment(Skb skb, int mss) {
    int before = skb.pcount;
    setSegments(skb, mss);
    forget(skb, before - skb.pcount);
  }

  static void setSegments(Skb skb, int mss) {
    skb.pcount = skb.len <= mss ? 1 : (skb.len + mss - 1) / mss;
    skb.mss = skb.pcount == 1 ? skb.len : mss;
  }
}
