package io.github.vcgroupfs.traffic.tcp;

/**
 * An acknowledgement. Immutable.
 *
 * @param seq next byte expected
 * @param windowBytes the window it advertises
 * @param sacked pairs of first and next-after-last bytes held out of order, newest first
 * @param sentNs when it was sent
 */
record Ack(long seq, int windowBytes, long[] sacked, long sentNs) {
  static final long[] NO_SACK = {};
}
