package io.github.vcgroupfs.traffic.tcp;

/** When a socket that no program has is given up: {@code net/ipv4/tcp_timer.c}. Not thread-safe. */
final class OrphanTimeouts {
  /** {@code tcp_orphan_retries}: of an orphan whose other end still answers. */
  private static final int RETRIES = 8;

  /** How long that is for retransmissions: {@code tcp_model_timeout}. */
  private static final long RETRIES_NS = ((2L << RETRIES) - 1) * 200_000_000;

  private final SendState state;

  /** {@code retrans_stamp}: when the timeouts in a row began, or -1. */
  private long sinceNs = -1;

  OrphanTimeouts(SendState state) {
    this.state = state;
  }

  /** The other end has acknowledged something new. */
  void answered() {
    sinceNs = -1;
  }

  /** {@code tcp_write_timeout}: whether a timeout of an orphan was one too many. */
  boolean isGivenUp() {
    Closing closing = state.end.closing();
    if (!closing.isOrphan()) {
      return false;
    }
    long nowNs = state.nowNs();
    sinceNs = sinceNs < 0 ? nowNs : sinceNs;
    if (closing.isOutOfResources()) {
      return true;
    }
    if (nowNs - sinceNs < RETRIES_NS) {
      return false;
    }
    closing.giveUp();
    return true;
  }

  /**
   * {@code tcp_probe_timer} while the window stays closed.
   *
   * @param probes how often it was probed in a row
   * @param slowest whether the probes are as far apart as they get
   */
  boolean isProbedEnough(int probes, boolean slowest) {
    Closing closing = state.end.closing();
    if (!closing.isOrphan()) {
      return false;
    }
    if (slowest && probes >= RETRIES) {
      closing.giveUp();
      return true;
    }
    return closing.isOutOfResources();
  }
}
