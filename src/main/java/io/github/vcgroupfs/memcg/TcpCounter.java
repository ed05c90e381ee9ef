package io.github.vcgroupfs.memcg;

/**
 * What is counted about TCP memory, per group and for the machine; the kernel's name where it has
 * one.
 */
public enum TcpCounter {
  /** 0 to 1 changes of the pressure flag. Kernel, machine-wide: TCPMemoryPressures. */
  PRESSURE_ENTERED,
  /** Receive queues pruned. Kernel: PruneCalled. */
  PRUNED,
  /** Segments dropped for lack of memory. Kernel: TCPRcvQDrop. */
  RCVQ_DROPPED,
  /** Windows closed to zero. Kernel: TCPToZeroWindowAdv. */
  ZERO_WINDOW,
  /** Send buffers that got no memory. */
  SEND_REFUSED,
  /** Sockets made while the branch was off, so never charged. */
  SOCKETS_UNACCOUNTED
}
