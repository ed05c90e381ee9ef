package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Data on its way to, or in a queue of, a receiver: the clone of a sender's buffer, or one of the
 * pieces it was cut into. Plain data.
 */
final class Segment implements Packet {
  /** The buffers of two segments cannot be joined. */
  static final int APART = -1;

  long seq;
  int len;
  int truesize;
  int frags;

  /** Size of the full segments in it: {@code gso_size}, or the length. */
  int mss;

  boolean push;

  /** Whether the sender's FIN follows the data. */
  boolean fin;

  /** When it was sent: its timestamp. */
  long sentNs;

  /** What it acknowledges; null: nothing ever came the other way. */
  @Nullable Ack ack;

  /** Whether some of the data is in the head, which is then never joined to another buffer. */
  boolean linear;

  /** Room in a head that holds all of the data: {@code skb_tailroom}. */
  int tailroom;

  /** Truesize without the data: given back when it is joined to another buffer. */
  int overheadBytes;

  /** Its head. */
  Share share;

  /** The receiver's timestamp that the sender had seen when it sent this, nanoseconds. */
  long echoNs;

  Segment(long seq, int len, Share share) {
    this.seq = seq;
    this.len = len;
    this.share = share;
  }

  long endSeq() {
    return seq + len + (fin ? 1 : 0);
  }

  /**
   * Takes in the segment that follows, if their buffers can be joined: {@code skb_try_coalesce}.
   *
   * @return truesize that was added, or {@link #APART}
   */
  int tryAppend(Segment from) {
    if (share.isShared() || endSeq() != from.seq) {
      return APART;
    }
    int delta;
    if (from.len <= tailroom) {
      tailroom -= from.len; // copied into the head
      delta = 0;
    } else if ((frags == 0 && !linear) || from.linear || frags + from.frags > Skb.MAX_FRAGS) {
      return APART;
    } else {
      delta = from.truesize - from.overheadBytes;
      frags += from.frags;
      tailroom = 0;
    }
    len += from.len;
    truesize += delta;
    push |= from.push;
    fin |= from.fin;
    ack = from.ack == null ? ack : from.ack;
    from.share.drop();
    return delta;
  }

  /** Takes in a FIN that follows, which has no data: {@code tcp_try_coalesce} of a length of 0. */
  boolean tryAppendFin(Segment from) {
    if (from.len > 0 || share.isShared() || endSeq() != from.seq) {
      return false;
    }
    fin = true;
    ack = from.ack == null ? ack : from.ack;
    from.share.drop();
    return true;
  }

  @Override
  public void drop() {
    share.drop();
  }
}
