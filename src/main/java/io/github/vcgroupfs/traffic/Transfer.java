package io.github.vcgroupfs.traffic;

/**
 * What the two programs of a connection move, and how fast. Immutable.
 *
 * @param chunk size of each send, and of each read at a limited rate
 * @param send how fast the sender writes
 * @param read how fast the receiver reads
 * @param bytes what a sender writes before it stops, or {@link #ENDLESS}
 */
record Transfer(Distribution chunk, Rate send, Rate read, Distribution bytes) {
  /** A sender that does not stop. */
  static final long ENDLESS = Long.MAX_VALUE;

  /** As much as can be, in chunks of 16 KiB. */
  static final Transfer DEFAULT =
      new Transfer(
          Distribution.fixed(16 << 10),
          new Rate(Rate.MAX, "max"),
          new Rate(Rate.MAX, "max"),
          Distribution.fixed(ENDLESS));

  Transfer withChunk(Distribution size) {
    return new Transfer(size, send, read, bytes);
  }

  Transfer withSend(Rate rate) {
    return new Transfer(chunk, rate, read, bytes);
  }

  Transfer withRead(Rate rate) {
    return new Transfer(chunk, send, rate, bytes);
  }

  Transfer withBytes(Distribution size) {
    return new Transfer(chunk, send, read, size);
  }

  boolean isEndless() {
    return bytes.isFixed() && bytes.least() == ENDLESS;
  }
}
