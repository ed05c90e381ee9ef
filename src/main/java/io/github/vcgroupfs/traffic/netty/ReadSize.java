package io.github.vcgroupfs.traffic.netty;

import io.github.vcgroupfs.kernel.Pages;

/**
 * How much a channel reads at once: more while reads fill their buffers, less when they do not.
 * Bytes of truesize. Not thread-safe.
 */
final class ReadSize {
  /** sizeof(struct sk_buff) and skb_shared_info, as {@code SKB_TRUESIZE} has them. */
  static final int OVERHEAD_BYTES = 576;

  /** Under pressure, or where there is no memory for more. */
  static final int LEAST = Pages.SIZE_BYTES;

  /** What is read at most where nothing may be: Netty cannot be told to read nothing. */
  static final int SIP = OVERHEAD_BYTES + 64;

  private static final int FIRST = 2 * Pages.SIZE_BYTES;
  private static final int MOST = 32 * Pages.SIZE_BYTES;

  private int truesize = FIRST;

  int truesize() {
    return truesize;
  }

  /** Bytes of data in that. */
  int dataBytes() {
    return truesize - OVERHEAD_BYTES;
  }

  /** What a read brought: {@code tcp_grow_window}, which does nothing under pressure. */
  void hasRead(int bytes, int attempted, boolean pressure) {
    if (bytes == attempted && attempted == dataBytes()) {
      if (!pressure) {
        truesize = Math.min(truesize * 2, MOST);
      }
    } else if (bytes < attempted / 4) {
      truesize = Math.max(truesize / 2, FIRST);
    }
  }
}
