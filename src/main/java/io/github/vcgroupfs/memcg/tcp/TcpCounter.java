package io.github.vcgroupfs.memcg.tcp;

/**
 * Events of TCP memory that are counted, for each group and for the machine. The text in {@code
 * sim.tcp.stat} is the kernel's name where the kernel counts the same event.
 */
public enum TcpCounter {
  /** How often pressure began. Kernel, for the whole machine: TCPMemoryPressures. */
  PRESSURE_ENTERED("pressure_entered"),
  /**
   * How often a receive queue was pruned, that is, cut down to save memory. Kernel: PruneCalled.
   */
  PRUNED("pruned"),
  /** How often pruning could not bring a receive queue below rcvbuf. Kernel: RcvPruned. */
  RCV_PRUNED("RcvPruned"),
  /**
   * Buffers saved by collapsing a queue, that is, by copying several small buffers into one.
   * Kernel: TCPRcvCollapsed.
   */
  RCV_COLLAPSED("TCPRcvCollapsed"),
  /** How often something was thrown away from an out-of-order queue. Kernel: OfoPruned. */
  OFO_PRUNED("OfoPruned"),
  /** Out-of-order segments dropped because there was no memory. Kernel: TCPOFODrop. */
  OFO_DROPPED("TCPOFODrop"),
  /** Segments dropped because there was no memory. Kernel: TCPRcvQDrop. */
  RCVQ_DROPPED("rcvq_dropped"),
  /** Segments that reached beyond the window that was offered. Kernel: BeyondWindow. */
  BEYOND_WINDOW("BeyondWindow"),
  /** How often a window was closed to zero. Kernel: TCPToZeroWindowAdv. */
  ZERO_WINDOW("zero_window"),
  /**
   * Send buffers for which there was no memory. Either they were refused, or they were charged over
   * the limit and the sender then waits.
   */
  SEND_REFUSED("send_refused"),
  /** Simulated segments with data that have reached a socket; those that were dropped, too. */
  SEGMENTS_IN("segments_in"),
  /** Connections that programs began to open. Kernel: ActiveOpens. */
  OPENED("ActiveOpens"),
  /** Sockets that were closed while something was unread: a reset. Kernel: TCPAbortOnClose. */
  ABORTED_ON_CLOSE("TCPAbortOnClose"),
  /** Data that came for a socket that was closed: a reset. Kernel: TCPAbortOnData. */
  ABORTED_ON_DATA("TCPAbortOnData"),
  /** Closed sockets that had to go for lack of memory. Kernel: TCPAbortOnMemory. */
  ABORTED_ON_MEMORY("TCPAbortOnMemory"),
  /** Closed sockets whose other end did not take their data in time. Kernel: TCPAbortOnTimeout. */
  ABORTED_ON_TIMEOUT("TCPAbortOnTimeout"),
  /** Bytes that programs have sent, simulated ones and those behind a relay. */
  SENT_BYTES("sent_bytes"),
  /** Bytes that programs have read, or a relay has for them. */
  RECEIVED_BYTES("received_bytes"),
  /** Sockets that are never charged, because accounting was off when they were made. */
  SOCKETS_UNACCOUNTED("sockets_unaccounted");

  private final String label;

  TcpCounter(String label) {
    this.label = label;
  }

  /** The name of this count in {@code sim.tcp.stat}. */
  public String label() {
    return label;
  }
}
