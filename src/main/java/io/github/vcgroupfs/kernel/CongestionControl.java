package io.github.vcgroupfs.kernel;

/**
 * The algorithm that sets the congestion window, that is, how much may be on its way without an
 * answer. Only what matters for buffers is here.
 */
public enum CongestionControl {
  /** {@code net/ipv4/tcp_cubic.c}: the default of every kernel here. */
  CUBIC(2),
  /**
   * {@code net/ipv4/tcp_bbr.c}: used by the 6.18 machine that we compare ourselves with. It paces:
   * it spreads packets over time.
   */
  BBR(3);

  private final int sndbufFactor;

  CongestionControl(int sndbufFactor) {
    this.sndbufFactor = sndbufFactor;
  }

  /** How many congestion windows fit into a send buffer: {@code tcp_ca_ops.sndbuf_expand}. */
  public int sndbufFactor() {
    return sndbufFactor;
  }
}
