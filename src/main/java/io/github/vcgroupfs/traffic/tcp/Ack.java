package io.github.vcgroupfs.traffic.tcp;

/**
 * An acknowledgement. Immutable.
 *
 * @param seq next byte expected
 * @param windowBytes the window it advertises
 * @param sacked pairs of first and next-after-last bytes held out of order, newest first
 * @param duplicateBytes of the last segment that had come before (D-SACK), or 0
 * @param sentNs when it was sent
 */
record Ack(long seq, int windowBytes, long[] sacked, int duplicateBytes, long sentNs) {
  static final long[] NO_SACK = {};

  /** Whether it has options that set it apart from others. */
  boolean isPlain() {
    return sacked.length == 0 && duplicateBytes == 0;
  }
}
