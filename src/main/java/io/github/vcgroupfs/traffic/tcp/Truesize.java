package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;

/** What a buffer costs beside its data, bytes, on 64-bit Linux. */
final class Truesize {
  /** SKB_DATA_ALIGN of skb_shared_info, and of sk_buff. */
  private static final int SHARED_INFO = 320;

  private static final int SK_BUFF = 256;

  /** A head for data, headers and skb_shared_info: {@code net/ipv4/tcp.c select_size}. */
  private static final int LINEAR_HEAD = 2048;

  private Truesize() {}

  /**
   * A buffer for a segment of that size in one piece: {@code SKB_TRUESIZE(mss + MAX_TCP_HEADER)}.
   */
  static int ofSegment(TcpConstants constants, int mssBytes) {
    return mssBytes + constants.maxTcpHeaderBytes() + SHARED_INFO + SK_BUFF;
  }

  /** The same from an allocator of powers of two: {@code tcp_sndbuf_expand}. */
  static int ofSegmentRoundedUp(TcpConstants constants, int mssBytes) {
    return powerOfTwo(mssBytes + constants.maxTcpHeaderBytes() + SHARED_INFO) + SK_BUFF;
  }

  /**
   * Data that a head takes, if it is made for data: {@code select_size}, {@code linear_payload_sz}.
   */
  static int linearRoom(TcpConstants constants) {
    return LINEAR_HEAD - constants.maxTcpHeaderBytes() - SHARED_INFO;
  }

  /**
   * A send buffer without its page fragments: {@code sk_stream_alloc_skb}.
   *
   * @param linearBytes data in the head
   */
  static int ofSendBuffer(TcpConstants constants, int linearBytes) {
    return linearBytes == 0
        ? constants.skbOverheadBytes()
        : powerOfTwo(linearBytes + constants.maxTcpHeaderBytes() + SHARED_INFO) + SK_BUFF;
  }

  /** Data that a head of that truesize has room for behind the headers: {@code skb_tailroom}. */
  static int headRoom(TcpConstants constants, int truesize) {
    return truesize - SK_BUFF - SHARED_INFO - constants.maxTcpHeaderBytes();
  }

  private static int powerOfTwo(int bytes) {
    return Integer.highestOneBit(bytes - 1) * 2;
  }
}
