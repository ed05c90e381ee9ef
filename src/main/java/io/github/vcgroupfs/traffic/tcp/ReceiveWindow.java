package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/**
 * How much a receiver says it has room for, and how its buffer grows: {@code rcv_ssthresh}, {@code
 * window_clamp}, {@code __tcp_select_window}, {@code tcp_grow_window}, {@code
 * tcp_rcv_space_adjust}. Not thread-safe.
 */
final class ReceiveWindow {
  private static final int SCALE_SHIFT = 8; // TCP_RMEM_TO_WIN_SCALE

  static final int DEFAULT_RATIO = 1 << (SCALE_SHIFT - 1); // half: tcp_adv_win_scale 1

  private static final int SOCK_MIN_RCVBUF = 2304;
  private static final int MSS_DEFAULT = 536;

  /** What a kernel before 6.15 adds to the window it aims at: segments. */
  private static final int CUSHION_SEGMENTS = 16;

  /** A TCP header with timestamps, and what is no small segment or no segment at all with it. */
  private static final int HEADER_BYTES = 32;

  private static final int LEAST_FULL = MSS_DEFAULT + 20;
  private static final int LEAST_MSS = 88 + 20; // TCP_MIN_MSS
  private static final int U16_MAX = 65_535;
  private static final long MS = 1_000_000;

  private final Sock sk;
  private final TcpConstants constants;

  /** {@code rcv_wscale}: bits, as few as bring the largest window below 64 KiB. */
  private final int scale;

  private int ratio = DEFAULT_RATIO;
  private int rcvSsthresh;
  private int windowClamp;
  private int rcvMss = MSS_DEFAULT;

  /** {@code last_seg_size}: the segment before, if it was a small one; else 0. */
  private int lastSmallLen;

  private int advertised;
  private long advertisedAt;

  /** {@code rcvq_space}: what was read in the last round trip, since when, from where. */
  private int readBytes;

  private long readSinceNs;
  private long readFromSeq;

  private final ReceiveRtt rtt = new ReceiveRtt();

  ReceiveWindow(Sock sk, TcpConstants constants, long nowNs) {
    this.sk = sk;
    this.constants = constants;
    this.readSinceNs = nowNs;
    int initial = selectInitial();
    RcvbufSize.fixUp(sk, constants);
    this.scale = scale();
    this.windowClamp = initialClamp();
    this.rcvSsthresh = Math.min(initial, windowClamp);
    this.advertised = initial;
    this.readBytes =
        Math.min(Math.min(rcvSsthresh, initial), Congestion.INITIAL * constants.advmssBytes());
  }

  /** The window of the handshake, which is not scaled. */
  int initialWindow() {
    return Math.min(advertised, U16_MAX);
  }

  /** {@code tcp_select_initial_window}. */
  private int selectInitial() {
    int mss = constants.advmssBytes();
    if (!sk.isRcvbufLocked()) {
      return Math.min(wholeSegments(ofSpace(constants.rmem().defaultBytes()), mss), U16_MAX);
    }
    int space = wholeSegments(ofSpace(sk.rcvbuf()), mss);
    return constants.has(TcpFeature.RCVBUF_FIXUP)
        ? Math.min(space, segmentsAtFirst(mss) * mss)
        : space;
  }

  private static int wholeSegments(int space, int mss) {
    return space > mss ? space / mss * mss : space;
  }

  /** {@code tcp_default_init_rwnd}. */
  private static int segmentsAtFirst(int mss) {
    return mss > 1460 ? Math.max(1460 * 10 / mss, 2) : 10;
  }

  /** {@code tcp_init_buffer_space}: a segment is kept back of a large buffer. */
  private int initialClamp() {
    int full = ofSpace(sk.rcvbuf());
    int two = 2 * constants.advmssBytes();
    return full > two ? Math.max(two, full - constants.advmssBytes()) : full;
  }

  /** {@code tcp_select_initial_window}: a buffer that was set by hand bounds the window. */
  private int scale() {
    int space = Math.max(constants.rmem().maxBytes(), constants.rmemMaxBytes());
    if (sk.isRcvbufLocked()) {
      space = Math.min(space, ofSpace(sk.rcvbuf()));
    }
    int log = 31 - Integer.numberOfLeadingZeros(space);
    return Math.max(0, Math.min(log - 15, 14));
  }

  int rcvMss() {
    return rcvMss;
  }

  int clampBytes() {
    return windowClamp;
  }

  /** {@code tcp_win_from_space}. */
  private int ofSpace(int spaceBytes) {
    return ofSpace(spaceBytes, ratio);
  }

  static int ofSpace(int spaceBytes, int ratio) {
    return (int) (((long) spaceBytes * ratio) >> SCALE_SHIFT);
  }

  /** {@code tcp_space}. */
  private int freeBytes(int backlogBytes) {
    return ofSpace(sk.rcvbuf() - sk.rmemAlloc() - backlogBytes);
  }

  /** What a segment says of the sender's segments. */
  enum Size {
    FULL,
    SMALL,
    /** As small as the one before it: small segments are what comes now. */
    REPEATED
  }

  /** {@code tcp_measure_rcv_mss}. */
  Size measure(Segment segment) {
    int len = segment.mss;
    int before = lastSmallLen;
    lastSmallLen = 0;
    if (len < rcvMss) {
      if (len + HEADER_BYTES >= LEAST_FULL || (!segment.push && len + HEADER_BYTES >= LEAST_MSS)) {
        lastSmallLen = len;
        if (len == before) {
          rcvMss = len;
          return Size.REPEATED;
        }
      }
      return Size.SMALL;
    }
    if (len != rcvMss && constants.has(TcpFeature.SCALING_RATIO)) {
      int old = ratio;
      ratio = (int) Math.max(1, ((long) segment.len << SCALE_SHIFT) / segment.truesize);
      if (ratio != old) {
        setClamp(ofSpace(sk.rcvbuf()));
        readBytes = Math.min(readBytes, windowClamp);
      }
    }
    rcvMss = Math.min(len, constants.advmssBytes());
    return Size.FULL;
  }

  /** {@code tcp_set_window_clamp}. */
  private void setClamp(int bytes) {
    int clamp = Math.max(SOCK_MIN_RCVBUF / 2, bytes);
    if (clamp < windowClamp) {
      rcvSsthresh = Math.min(rcvSsthresh, clamp);
    } else if (clamp > windowClamp) {
      rcvSsthresh = Math.max(rcvSsthresh, Math.min(advertised, clamp));
    }
    windowClamp = clamp;
  }

  /** {@code rcv_wnd}: what was advertised last. */
  int advertised() {
    return advertised;
  }

  /** {@code rcv_wup}: the byte that was expected when the window was advertised. */
  long advertisedAt() {
    return advertisedAt;
  }

  /** What is left of the window: {@code tcp_receive_window}. */
  int left(long rcvNxt) {
    return (int) Math.max(0, advertisedAt + advertised - rcvNxt);
  }

  /** A window is advertised. */
  void advertise(int bytes, long rcvNxt) {
    advertised = bytes;
    advertisedAt = rcvNxt;
  }

  /**
   * {@code tcp_grow_window}.
   *
   * @param fragmentsOnly whether the head of the buffer does not count: {@code truesize_adjust}
   * @return whether it grew, which is a reason to acknowledge soon
   */
  boolean grow(Segment segment, boolean fragmentsOnly, int backlogBytes) {
    int room = Math.min(windowClamp, freeBytes(backlogBytes)) - rcvSsthresh;
    if (room <= 0) {
      return false;
    }
    if (constants.has(TcpFeature.WINDOW_GROWS_TO_CLAMP)) {
      room = windowClamp - rcvSsthresh;
    }
    if (sk.underPressure()) {
      if (constants.has(TcpFeature.PRESSURE_CUTS_WINDOW)) {
        cutUnderPressure();
      }
      return false;
    }
    boolean less = fragmentsOnly && constants.has(TcpFeature.WINDOW_GROWS_BY_FRAGMENTS);
    int truesize = segment.truesize - (less ? segment.overheadBytes : 0);
    int increment =
        ofSpace(truesize) <= segment.len
            ? 2 * constants.advmssBytes()
            : slowIncrement(truesize, segment.len);
    if (increment == 0) {
      return false;
    }
    rcvSsthresh += Math.min(room, Math.max(increment, 2 * segment.len));
    return true;
  }

  /** {@code __tcp_grow_window}: the smaller the window, the more overhead is put up with. */
  private int slowIncrement(int skbTruesize, int len) {
    int truesize = ofSpace(skbTruesize) >> 1;
    int window = ofSpace(constants.rmem().maxBytes()) >> 1;
    while (rcvSsthresh <= window) {
      if (truesize <= len) {
        return 2 * rcvMss;
      }
      truesize >>= 1;
      window >>= 1;
    }
    return 0;
  }

  /** {@code tcp_adjust_rcv_ssthresh}. */
  void cutUnderPressure() {
    rcvSsthresh = Math.min(rcvSsthresh, 4 * constants.advmssBytes());
    if (sk.unusedReserve() > 0) {
      rcvSsthresh = Math.max(rcvSsthresh, ofSpace(sk.unusedReserve()));
    }
  }

  /** {@code tcp_clamp_window}. */
  void clamp() {
    int most = constants.rmem().maxBytes();
    if (sk.rcvbuf() < most && !sk.underPressure() && sk.isBelowFirstThreshold()) {
      sk.setRcvbuf(Math.min(sk.rmemAlloc(), most));
    }
    if (sk.rmemAlloc() > sk.rcvbuf()) {
      rcvSsthresh = Math.min(windowClamp, 2 * constants.advmssBytes());
    }
  }

  /** Whether less than half of the space is free, which ends quick acknowledgements. */
  boolean isTight(int backlogBytes) {
    return freeBytes(backlogBytes) < fullBytes() >> 1;
  }

  private int fullBytes() {
    return Math.min(windowClamp, ofSpace(sk.rcvbuf()));
  }

  /** {@code __tcp_select_window}. */
  int select(int backlogBytes) {
    int full = fullBytes();
    int allowed = ofSpace(sk.rcvbuf());
    int mss = Math.min(rcvMss, full);
    int free = Math.max(0, freeBytes(backlogBytes));
    if (free < full >> 1) {
      if (sk.underPressure()) {
        cutUnderPressure();
      }
      boolean plain = constants.has(TcpFeature.PLAIN_WINDOW_SELECTION);
      if (!plain) {
        free = free >> scale << scale;
      }
      if (free < mss || (!plain && free < allowed >> 4)) {
        return 0;
      }
    }
    return align(Math.min(free, rcvSsthresh), scale);
  }

  private static int align(int bytes, int scale) {
    int unit = 1 << scale;
    return (bytes + unit - 1) & -unit;
  }

  /** A window that must not shrink, in the units it is advertised in. */
  int align(int bytes) {
    return align(bytes, scale);
  }

  void measureRttByEcho(Segment segment, long nowNs) {
    rtt.byEcho(segment, rcvMss, nowNs);
  }

  void measureRttByWindow(long rcvNxt, long nowNs) {
    rtt.byWindow(rcvNxt, advertised, nowNs);
  }

  /** {@code tcp_rcv_space_adjust}: the reader got that far. */
  void readUpTo(long copiedSeq, long rcvNxt, long nowNs, long outOfOrderSpan) {
    if (rtt.ns() == 0 || nowNs - readSinceNs < rtt.ns()) {
      return;
    }
    long copied = copiedSeq - readFromSeq;
    if (constants.has(TcpFeature.RCVBUF_BY_WINDOW)) {
      copied -= rcvNxt - copiedSeq; // a reader that lags behind needs no larger buffer, from 6.16
    }
    if (constants.has(TcpFeature.RCVBUF_OF_TWICE_THE_READ)) {
      fitRcvbuf(2 * copied);
    } else if (copied > readBytes) {
      growRcvbuf((int) Math.min(copied, Integer.MAX_VALUE / 4), outOfOrderSpan);
    }
    readFromSeq = copiedSeq;
    readSinceNs = nowNs;
  }

  /** {@code tcp_rcv_space_adjust} until 3.12: room for twice of what was read in a round trip. */
  private void fitRcvbuf(long window) {
    if (window <= readBytes) {
      return;
    }
    readBytes = (int) Math.min(window, Integer.MAX_VALUE);
    long segments = Math.max(1, window / constants.advmssBytes());
    int rcvbuf =
        (int)
            Math.min(
                segments * RcvbufSize.ofSegment(constants, ratio), constants.rmem().maxBytes());
    if (rcvbuf > sk.rcvbuf()) {
      sk.setRcvbuf(rcvbuf);
      windowClamp = readBytes;
    }
  }

  /** How much more than twice of what was read a sender that gets faster may need. */
  private long growth(long window, int copied, int before) {
    if (!constants.has(TcpFeature.RCVBUF_BY_STEPS)) {
      return (window * (copied - before) / before) << 1;
    }
    if (copied < before + (before >> 2)) {
      return 0;
    }
    return copied < before + (before >> 1) ? window >> 1 : window;
  }

  /** Data came out of order, for which there has to be room until the gap closes. */
  void growForOutOfOrder(long span) {
    growRcvbuf(readBytes, span);
  }

  /** {@code tcp_rcvbuf_grow}. */
  private void growRcvbuf(int copied, long outOfOrderSpan) {
    int old = readBytes;
    readBytes = copied;
    if (sk.isRcvbufLocked()) {
      return;
    }
    boolean byWindow = constants.has(TcpFeature.RCVBUF_BY_WINDOW);
    int mss = constants.advmssBytes();
    long window = 2L * copied + (byWindow ? 0 : (long) CUSHION_SEGMENTS * mss);
    window += growth(window, copied, old);
    long wanted;
    if (byWindow) {
      window += outOfOrderSpan;
      wanted = (window << SCALE_SHIFT) / ratio;
    } else {
      wanted = window / mss * RcvbufSize.ofSegment(constants, ratio);
    }
    int rcvbuf = (int) Math.min(wanted, constants.rmem().maxBytes());
    if (rcvbuf > sk.rcvbuf()) {
      sk.setRcvbuf(rcvbuf);
      if (byWindow) {
        setClamp(ofSpace(rcvbuf));
      } else {
        windowClamp = ofSpace(rcvbuf);
      }
    }
  }
}
