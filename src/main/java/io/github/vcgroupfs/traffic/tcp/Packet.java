package io.github.vcgroupfs.traffic.tcp;

/** What one end of a connection sends to the other. */
sealed interface Packet permits Segment, Ack, Reset {
  /** It is not used by anybody. */
  default void drop() {}
}
