package io.github.vcgroupfs.traffic;

/**
 * How fast an application sends or reads. Immutable.
 *
 * @param bytesPerSecond 0: not at all; {@link #MAX}: as fast as it can
 * @param text as it was written
 */
record Rate(long bytesPerSecond, String text) {
  static final long MAX = Long.MAX_VALUE;

  boolean isZero() {
    return bytesPerSecond == 0;
  }

  boolean isMax() {
    return bytesPerSecond == MAX;
  }

  /** How long that many bytes take at this rate, nanoseconds. Preconditions: neither 0 nor max. */
  long intervalNs(long bytes) {
    return Math.max(1, (long) (bytes * 1e9 / bytesPerSecond));
  }
}
