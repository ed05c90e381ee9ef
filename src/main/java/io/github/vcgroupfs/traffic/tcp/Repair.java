package io.github.vcgroupfs.traffic.tcp;

/**
 * What is known of the repair of a loss that is under way, or was the last: whether anything had
 * been lost at all. Not thread-safe.
 */
final class Repair {
  /** Timestamps count milliseconds. */
  private static final long MS = 1_000_000;

  /** {@code undo_retrans}: segments sent again of which it is open whether they were lost. */
  private int undecided;

  /** Whether the reduction may still be taken back: {@code undo_marker}. */
  private boolean mayUndo;

  /** {@code retrans_stamp}: when the first segment was sent again; or -1. */
  private long sinceNs = -1;

  /** {@code tcp_init_undo}. */
  void begin() {
    undecided = 0;
    mayUndo = true;
    sinceNs = -1;
  }

  /** Segments were sent again. */
  void sentAgain(int segments, long nowNs) {
    undecided += segments;
    sinceNs = sinceNs < 0 ? nowNs : sinceNs;
  }

  /**
   * Segments came twice, so they were sent again in vain: {@code tcp_try_undo_dsack}.
   *
   * @return whether that is so of all of them
   */
  boolean cameTwice(int segments) {
    boolean open = mayUndo && undecided > 0;
    undecided = Math.max(0, undecided - segments);
    return open && undecided == 0;
  }

  /**
   * {@code tcp_packet_delayed}: an acknowledgement answers what was sent before the repair began.
   */
  boolean wasOnlyLate(long echoNs) {
    return mayUndo && sinceNs >= 0 && echoNs / MS < sinceNs / MS;
  }

  /** The reduction was taken back. */
  void undone() {
    mayUndo = false;
    sinceNs = -1;
  }
}
