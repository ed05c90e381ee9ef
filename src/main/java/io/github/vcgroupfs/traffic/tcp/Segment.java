package io.github.vcgroupfs.traffic.tcp;

/**
 * Data on its way to, or in a queue of, a receiver: the clone of a sender's buffer, or one of the
 * pieces it was cut into. Plain data.
 */
final class Segment {
  long seq;
  int len;
  int truesize;
  int frags;

  /** Size of the full segments in it: {@code gso_size}, or the length. */
  int mss;

  boolean push;

  /** Whether some of the data is in the head, which is then never joined to another buffer. */
  boolean linear;

  /** Truesize without the data: given back when it is joined to another buffer. */
  int overheadBytes;

  /** Its head. */
  Share share;

  /** The receiver's timestamp that the sender had seen when it sent this, nanoseconds. */
  long echoNs;

  /** When it was sent: its timestamp. */
  long sentNs;

  Segment(long seq, int len, Share share) {
    this.seq = seq;
    this.len = len;
    this.share = share;
  }

  long endSeq() {
    return seq + len;
  }

  /**
   * Takes in the segment that follows, if their buffers can be joined: {@code skb_try_coalesce}.
   *
   * @return truesize that was added, or 0: they cannot
   */
  int tryAppend(Segment from) {
    if (share.isShared()
        || frags == 0
        || from.linear
        || frags + from.frags > Skb.MAX_FRAGS
        || endSeq() != from.seq) {
      return 0;
    }
    int delta = from.truesize - from.overheadBytes;
    len += from.len;
    truesize += delta;
    frags += from.frags;
    push |= from.push;
    from.share.drop();
    return delta;
  }
}
