package io.github.vcgroupfs.traffic;

/**
 * What a flow is: so many connections, all alike, their sending ends in the group. Immutable.
 *
 * @param connections how many
 * @param chunkBytes size of each send and of each read at a limited rate
 * @param send how fast the senders write
 * @param read how fast the receivers read
 * @param rttNs round trip of the path, nanoseconds; 0 is loopback
 * @param peer where the receiving ends are
 * @param bytes what each sender writes before it stops, or {@link #ENDLESS}
 */
record FlowSpec(
    int connections, int chunkBytes, Rate send, Rate read, long rttNs, Peer peer, long bytes) {
  /** A sender that does not stop. */
  static final long ENDLESS = Long.MAX_VALUE;

  /** One connection that sends as fast as it can to a reader that reads as fast as it can. */
  static final FlowSpec DEFAULT =
      new FlowSpec(
          1, 16 << 10, new Rate(Rate.MAX, "max"), new Rate(Rate.MAX, "max"), 0, Peer.SAME, ENDLESS);

  /** Whether connections made for the other spec can go on with this one. */
  boolean hasPathOf(FlowSpec other) {
    return rttNs == other.rttNs && peer.equals(other.peer);
  }
}
