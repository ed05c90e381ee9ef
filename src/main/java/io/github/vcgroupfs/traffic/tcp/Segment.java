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

  Segment(long seq, int len, Share share) {
    this.seq = seq;
    this.len = len;
    this.share = share;
  }

  long endSeq() {
    return seq + len;
  }
}
