package io.github.vcgroupfs.traffic.tcp;

import java.util.Arrays;

/**
 * A buffer of a sender: {@code struct sk_buff}, data in its head and in page fragments. Plain data
 * for the queues of its package. Sequence numbers are bytes since the connection began.
 */
final class Skb {
  /** MAX_SKB_FRAGS. */
  static final int MAX_FRAGS = 17;

  long seq;
  int len;
  int truesize;

  /** Segments it is sent as: {@code tcp_skb_pcount}; 0 while it is not known. */
  int pcount;

  int mss;
  boolean push;

  /** Whether FIN follows the data: a number of its own, and nothing more. */
  boolean fin;

  boolean sacked;
  boolean lost;
  boolean retransmitted;
  boolean everRetransmitted;

  /** When it was sent last, and as which transmission of its connection. */
  long sentNs;

  long serial;

  // what tcp_rate_skb_sent keeps: see RateSampler
  long firstSentNs;
  long deliveredNs;
  long delivered;
  boolean appLimited;

  /** The head, shared with whoever received a clone; null while it was never sent. */
  private Share share = new Share();

  /** Room for data in the head, and what of it is used; data there costs nothing more. */
  private final int headRoom;

  private int headLen;

  /** Truesize without page fragments. */
  private final int overheadBytes;

  private long[] starts = new long[2];
  private int[] lens = new int[2];
  private int frags;

  /**
   * An empty buffer.
   *
   * @param overheadBytes its truesize
   * @param headRoom data that fits its head
   */
  Skb(long seq, int overheadBytes, int headRoom) {
    this.seq = seq;
    this.truesize = overheadBytes;
    this.overheadBytes = overheadBytes;
    this.headRoom = headRoom;
  }

  /** Data bytes that still fit the head: only as long as there are no fragments. */
  int headSpace() {
    return frags == 0 ? headRoom - headLen : 0;
  }

  /** Data in the head: {@code skb_headlen}. */
  int headLen() {
    return headLen;
  }

  /** Data in the head from that offset on. */
  int headBytesBehind(int offset) {
    return Math.max(0, headLen - offset);
  }

  /** Truesize without page fragments: {@code SKB_TRUESIZE(skb_end_offset)}. */
  int overheadBytes() {
    return overheadBytes;
  }

  /** Data is copied into the head. */
  void appendToHead(int bytes) {
    headLen += bytes;
    len += bytes;
  }

  long endSeq() {
    return seq + len + (fin ? 1 : 0);
  }

  int frags() {
    return frags;
  }

  Share share() {
    return share;
  }

  /** The receiver's clone, if there is one, is alone from now on: {@code skb_unclone}. */
  void unclone() {
    if (share.isShared()) {
      share.drop();
      share = new Share();
    }
  }

  /** Whether data at that address continues the last fragment: {@code skb_can_coalesce}. */
  boolean continuesAt(long address) {
    return frags > 0
        && starts[frags - 1] + lens[frags - 1] == address
        && address % PageFrag.SIZE_BYTES != 0;
  }

  /** Data at that address is appended. */
  void append(long address, int bytes) {
    appendFrag(address, bytes);
    len += bytes;
    truesize += bytes;
  }

  private void appendFrag(long address, int bytes) {
    if (continuesAt(address)) {
      lens[frags - 1] += bytes;
      return;
    }
    if (frags == starts.length) {
      starts = Arrays.copyOf(starts, frags * 2);
      lens = Arrays.copyOf(lens, frags * 2);
    }
    starts[frags] = address;
    lens[frags++] = bytes;
  }

  /** Everything from that offset on goes to an empty buffer: {@code skb_split}. */
  void splitInto(Skb tail, int offset) {
    int moved = len - offset;
    int ofHead = headBytesBehind(offset);
    tail.appendToHead(ofHead);
    headLen -= ofHead;
    tail.moveFrom(this, offset - headLen, moved - ofHead);
    int kept = fragsWithin(0, offset);
    if (kept > 0) {
      int before = headLen;
      for (int i = 0; i < kept - 1; i++) {
        before += lens[i];
      }
      lens[kept - 1] = offset - before;
    }
    frags = kept;
    len -= moved;
    truesize -= moved - ofHead;
  }

  /**
   * Takes that many bytes from the front of the next buffer: {@code skb_shift}.
   *
   * @return whether there was room for its fragments
   */
  boolean shiftFrom(Skb next, int bytes) {
    if (next.headLen > 0) {
      return false;
    }
    int coming = next.fragsWithin(0, bytes);
    int joined = continuesAt(next.starts[0]) ? 1 : 0;
    if (frags + coming - joined > MAX_FRAGS) {
      return false;
    }
    moveFrom(next, 0, bytes);
    next.trimHead(bytes);
    return true;
  }

  /**
   * The first bytes are gone: {@code __pskb_trim_head}.
   *
   * @return truesize that went with them
   */
  int trimHead(int bytes) {
    int ofHead = Math.min(headLen, bytes);
    headLen -= ofHead;
    int ofFrags = bytes - ofHead;
    int gone = 0;
    int first = 0;
    while (first < frags && gone + lens[first] <= ofFrags) {
      gone += lens[first++];
    }
    frags -= first;
    System.arraycopy(starts, first, starts, 0, frags);
    System.arraycopy(lens, first, lens, 0, frags);
    if (frags > 0) {
      starts[0] += ofFrags - gone;
      lens[0] -= ofFrags - gone;
    }
    seq += bytes;
    len -= bytes;
    truesize -= ofFrags;
    return ofFrags;
  }

  /** Fragments that hold the bytes from one offset up to another. */
  int fragsWithin(int from, int to) {
    int at = headLen;
    int count = 0;
    for (int i = 0; i < frags && at < to; i++) {
      at += lens[i];
      if (at > from) {
        count++;
      }
    }
    return count;
  }

  /** Fragments move; the offset is into the fragments, without the head. */
  private void moveFrom(Skb source, int offset, int bytes) {
    int at = 0;
    int left = bytes;
    for (int i = 0; i < source.frags && left > 0; i++) {
      int skip = Math.max(0, offset - at);
      at += source.lens[i];
      if (skip < source.lens[i]) {
        int part = Math.min(left, source.lens[i] - skip);
        appendFrag(source.starts[i] + skip, part);
        left -= part;
      }
    }
    len += bytes;
    truesize += bytes;
  }
}
