package io.github.vcgroupfs.traffic.tcp;

/** An acknowledgement. Immutable; whoever makes it gives the ranges away. */
final class Ack implements Packet {
  static final long[] NO_SACK = {};

  private final long seq;
  private final int windowBytes;
  private final long[] sacked;
  private final int duplicateBytes;
  private final long sentNs;
  private final long echoNs;

  /**
   * An acknowledgement.
   *
   * @param seq next byte expected
   * @param windowBytes the window it advertises
   * @param sacked pairs of first and next-after-last bytes held out of order, newest first
   * @param duplicateBytes of the last segment that had come before (D-SACK), or 0
   * @param sentNs when it was sent
   * @param echoNs when the segment was sent that it answers: the timestamp it echoes
   */
  Ack(long seq, int windowBytes, long[] sacked, int duplicateBytes, long sentNs, long echoNs) {
    this.seq = seq;
    this.windowBytes = windowBytes;
    this.sacked = sacked;
    this.duplicateBytes = duplicateBytes;
    this.sentNs = sentNs;
    this.echoNs = echoNs;
  }

  long seq() {
    return seq;
  }

  int windowBytes() {
    return windowBytes;
  }

  long[] sacked() {
    return sacked;
  }

  int duplicateBytes() {
    return duplicateBytes;
  }

  long sentNs() {
    return sentNs;
  }

  long echoNs() {
    return echoNs;
  }

  /** Whether it has no options that set it apart from others. */
  boolean isPlain() {
    return sacked.length == 0 && duplicateBytes == 0;
  }
}
