package io.github.vcgroupfs.kernel;

/** What drives the congestion window, as far as buffers depend on it. */
public enum CongestionControl {
  /** {@code net/ipv4/tcp_cubic.c}: the default of every kernel here. */
  CUBIC(2),
  /** {@code net/ipv4/tcp_bbr.c}: what the 6.18 machine that is our referee runs. It paces. */
  BBR(3);

  private final int sndbufFactor;

  CongestionControl(int sndbufFactor) {
    this.sndbufFactor = sndbufFactor;
  }

  /** Congestion windows that a send buffer has room for: {@code tcp_ca_ops.sndbuf_expand}. */
  public int sndbufFactor() {
    return sndbufFactor;
  }
}
