package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.os.SeccompCalls;
import java.nio.ByteBuffer;

/**
 * How much memory the kernel wants for a notification and for an answer. Newer kernels may want
 * more than we know fields of. Immutable.
 */
record NotifSizes(int notif, int resp) {
  /** Asks the kernel; a negative errno as the first size if it cannot say. */
  static NotifSizes ask() {
    ByteBuffer sizes = SeccompCalls.memory(Long.BYTES);
    int result = SeccompCalls.seccomp(Requests.GET_NOTIF_SIZES, 0, SeccompCalls.address(sizes));
    return result < 0
        ? new NotifSizes(result, 0)
        : new NotifSizes(
            rounded(sizes.getShort(0), Requests.NOTIF_BYTES),
            rounded(sizes.getShort(2), Requests.RESP_BYTES));
  }

  private static int rounded(short size, int least) {
    int bytes = Math.max(size & 0xffff, least);
    return (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }
}
