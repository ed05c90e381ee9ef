package io.github.vcgroupfs.traffic.tcp;

/** A segment with RST: {@code tcp_send_active_reset}, {@code tcp_v4_send_reset}. */
final class Reset implements Packet {
  static final Reset INSTANCE = new Reset();

  private Reset() {}
}
