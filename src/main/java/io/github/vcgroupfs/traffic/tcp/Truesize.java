package io.github.vcgroupfs.traffic.tcp;

/** What a buffer costs beside its data, bytes, on 64-bit Linux. */
final class Truesize {
  /** MAX_TCP_HEADER. */
  private static final int MAX_TCP_HEADER = 256;

  /** SKB_DATA_ALIGN of skb_shared_info, and of sk_buff. */
  private static final int SHARED_INFO = 320;

  private static final int SK_BUFF = 256;

  private Truesize() {}

  /**
   * A buffer for a segment of that size in one piece: {@code SKB_TRUESIZE(mss + MAX_TCP_HEADER)}.
   */
  static int ofSegment(int mssBytes) {
    return mssBytes + MAX_TCP_HEADER + SHARED_INFO + SK_BUFF;
  }

  /** The same from an allocator of powers of two: {@code tcp_sndbuf_expand}. */
  static int ofSegmentRoundedUp(int mssBytes) {
    int head = mssBytes + MAX_TCP_HEADER + SHARED_INFO;
    return Integer.highestOneBit(head - 1) * 2 + SK_BUFF;
  }
}
