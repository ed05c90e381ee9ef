package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import org.jspecify.annotations.Nullable;

/**
 * What a socket charges its group, which counts TCP memory, or the kernel counter alone. A socket
 * that is not accounted has nothing to charge. Has no state.
 */
final class GroupCharge {
  private GroupCharge() {}

  /** The counter that refused, or null: charged, or not accounted. */
  static @Nullable PageCounter tryCharge(
      @Nullable TcpMemory memory, boolean countsTcp, long nrPages) {
    if (memory == null) {
      return null;
    }
    return countsTcp ? memory.tryCharge(nrPages) : memory.kmem().tryCharge(nrPages);
  }

  /** Charges whatever the limits are. */
  static void charge(@Nullable TcpMemory memory, boolean countsTcp, long nrPages) {
    if (memory != null) {
      if (countsTcp) {
        memory.charge(nrPages);
      } else {
        memory.kmem().charge(nrPages);
      }
    }
  }

  /** Gives pages back. */
  static void uncharge(@Nullable TcpMemory memory, boolean countsTcp, long nrPages) {
    if (memory != null) {
      if (countsTcp) {
        memory.uncharge(nrPages);
      } else {
        memory.kmem().uncharge(nrPages);
      }
    }
  }
}
