package io.github.vcgroupfs.traffic;

/**
 * What a flow is: so many connections, all alike, both ends in the group. Immutable.
 *
 * @param connections how many
 * @param chunkBytes size of each send and of each read at a limited rate
 * @param send how fast the senders write
 * @param read how fast the receivers read
 */
record FlowSpec(int connections, int chunkBytes, Rate send, Rate read) {
  /** One connection that sends as fast as it can to a reader that reads as fast as it can. */
  static final FlowSpec DEFAULT =
      new FlowSpec(1, 16 << 10, new Rate(Rate.MAX, "max"), new Rate(Rate.MAX, "max"));
}
