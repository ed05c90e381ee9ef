package io.github.vcgroupfs.memcg.tcp;

/**
 * What is counted about TCP memory, per group and for the machine; the kernel's name where it has
 * one.
 */
public enum TcpCounter {
  /** 0 to 1 changes of the pressure flag. Kernel, machine-wide: TCPMemoryPressures. */
  PRESSURE_ENTERED("pressure_entered"),
  /** Receive queues pruned. Kernel: PruneCalled. */
  PRUNED("pruned"),
  /** Receive queues that pruning could not bring below rcvbuf. Kernel: RcvPruned. */
  RCV_PRUNED("RcvPruned"),
  /** Buffers that collapsing a queue has made superfluous. Kernel: TCPRcvCollapsed. */
  RCV_COLLAPSED("TCPRcvCollapsed"),
  /** Out-of-order queues of which something was thrown away. Kernel: OfoPruned. */
  OFO_PRUNED("OfoPruned"),
  /** Out-of-order segments dropped for lack of memory. Kernel: TCPOFODrop. */
  OFO_DROPPED("TCPOFODrop"),
  /** Segments dropped for lack of memory. Kernel: TCPRcvQDrop. */
  RCVQ_DROPPED("rcvq_dropped"),
  /** Segments that reached beyond the window. Kernel: BeyondWindow. */
  BEYOND_WINDOW("BeyondWindow"),
  /** Windows closed to zero. Kernel: TCPToZeroWindowAdv. */
  ZERO_WINDOW("zero_window"),
  /** Send buffers without memory: refused, or taken over the limit by a sender that then blocks. */
  SEND_REFUSED("send_refused"),
  /** Sockets made while the branch was off, so never charged. */
  SOCKETS_UNACCOUNTED("sockets_unaccounted");

  private final String label;

  TcpCounter(String label) {
    this.label = label;
  }

  /** Its key in {@code sim.tcp.stat}. */
  public String label() {
    return label;
  }
}
