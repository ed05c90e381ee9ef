package io.github.vcgroupfs.kernel;

import static io.github.vcgroupfs.kernel.TcpFeature.BACKLOG_COALESCING;
import static io.github.vcgroupfs.kernel.TcpFeature.CHARGES_MISSING_PART;
import static io.github.vcgroupfs.kernel.TcpFeature.DEFERS_BACKLOG_ACK;
import static io.github.vcgroupfs.kernel.TcpFeature.DIRECT_COPY;
import static io.github.vcgroupfs.kernel.TcpFeature.EMPTY_QUEUE_IS_FORCED;
import static io.github.vcgroupfs.kernel.TcpFeature.FAIRNESS_UNDER_GLOBAL_PRESSURE;
import static io.github.vcgroupfs.kernel.TcpFeature.FIRST_SEND_IS_FORCED;
import static io.github.vcgroupfs.kernel.TcpFeature.FORCED_CHARGE_HIDES_WATERMARK;
import static io.github.vcgroupfs.kernel.TcpFeature.GROWS_BEFORE_SENDING;
import static io.github.vcgroupfs.kernel.TcpFeature.HEAD_IN_EVERY_BUFFER;
import static io.github.vcgroupfs.kernel.TcpFeature.HEAD_IN_FIRST_BUFFER;
import static io.github.vcgroupfs.kernel.TcpFeature.INGEST_TEST;
import static io.github.vcgroupfs.kernel.TcpFeature.NOTHING_BEYOND_WINDOW;
import static io.github.vcgroupfs.kernel.TcpFeature.NOTSENT_LOWAT;
import static io.github.vcgroupfs.kernel.TcpFeature.NOTSENT_LOWAT_WAKES_AT_HALF;
import static io.github.vcgroupfs.kernel.TcpFeature.PING_PONG_AFTER_THREE;
import static io.github.vcgroupfs.kernel.TcpFeature.PLAIN_WINDOW_SELECTION;
import static io.github.vcgroupfs.kernel.TcpFeature.PRESSURE_CUTS_WINDOW;
import static io.github.vcgroupfs.kernel.TcpFeature.PRESSURE_ON_ANCESTORS;
import static io.github.vcgroupfs.kernel.TcpFeature.PRUNE_ALWAYS_COLLAPSES;
import static io.github.vcgroupfs.kernel.TcpFeature.PRUNE_DROPS_ALL_OUT_OF_ORDER;
import static io.github.vcgroupfs.kernel.TcpFeature.RACK;
import static io.github.vcgroupfs.kernel.TcpFeature.RCVBUF_BY_WINDOW;
import static io.github.vcgroupfs.kernel.TcpFeature.RCVBUF_CUSHION;
import static io.github.vcgroupfs.kernel.TcpFeature.RCVBUF_FIXUP;
import static io.github.vcgroupfs.kernel.TcpFeature.RECEIVE_COALESCING;
import static io.github.vcgroupfs.kernel.TcpFeature.RECLAIM_BEFORE_SEND;
import static io.github.vcgroupfs.kernel.TcpFeature.REFUSED_MEANS_ZERO_WINDOW;
import static io.github.vcgroupfs.kernel.TcpFeature.RESERVE_MEM;
import static io.github.vcgroupfs.kernel.TcpFeature.SCALING_RATIO;
import static io.github.vcgroupfs.kernel.TcpFeature.SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE;
import static io.github.vcgroupfs.kernel.TcpFeature.SEND_GUARANTEE;
import static io.github.vcgroupfs.kernel.TcpFeature.SMALL_SNDBUF;
import static io.github.vcgroupfs.kernel.TcpFeature.TAIL_LOSS_PROBE;
import static io.github.vcgroupfs.kernel.TcpFeature.TINY_RCVBUF;
import static io.github.vcgroupfs.kernel.TcpFeature.WINDOW_GROWS_BY_FRAGMENTS;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The table of the TCP part of all kernel profiles: data with its sources, and nothing else. */
final class TcpProfiles {
  /**
   * {@code nr_free_buffer_pages()} of the 25 GB machine whose 6.18 kernel is our referee (its
   * tcp_mem[1] is 383,867 and the share there is 16). Every profile assumes the same machine.
   */
  private static final long FREE_BUFFER_PAGES = 383_867L * 16;

  // net/ipv4/tcp.c tcp_init_mem
  private static final TcpMemLimits MEM_3 = TcpMemLimits.ofFreeBufferPages(FREE_BUFFER_PAGES, 8);
  private static final TcpMemLimits MEM_4 = TcpMemLimits.ofFreeBufferPages(FREE_BUFFER_PAGES, 16);

  // net/ipv4/tcp.c tcp_init
  private static final BufferSizes WMEM = new BufferSizes(4096, 16_384, 4 << 20);
  private static final BufferSizes RMEM_3 = new BufferSizes(4096, 87_380, 6 << 20);
  private static final BufferSizes RMEM_5 = new BufferSizes(4096, 131_072, 6 << 20); // since 4.20
  private static final BufferSizes RMEM_6_18 = new BufferSizes(4096, 131_072, 32 << 20); // asked

  /** net/core/sock.c sysctl_rmem_max: 256 * SKB_TRUESIZE(256). */
  private static final int RMEM_MAX = 212_992;

  private static final int RMEM_MAX_6_18 = 4 << 20; // asked: the referee's sysctls

  // include/net/sock.h SOCK_MIN_SNDBUF: since 3.11 2 * (2048 + 256)
  private static final int MIN_SNDBUF_3 = 2048;
  private static final int MIN_SNDBUF_4 = 4608;

  /** drivers/net/loopback.c: MTU 16 KiB + 20 + 20 + 12; less 20, 20 and 12 of timestamps. */
  private static final int ADVMSS_3_3 = 16_384;

  /** MTU 65,536 since 3.7: net/ipv4/route.c ipv4_default_advmss 65,495, less 12. */
  private static final int ADVMSS = 65_483;

  /**
   * net/ipv4/tcp.c sk_stream_alloc_skb: headers and skb_shared_info in a head of 1,024, and the
   * sk_buff; asked: 4.19, 5.10, 6.1. UNVERIFIED for 3.x.
   */
  private static final int OVERHEAD_4 = 1280;

  /**
   * include/linux/netdevice.h LL_MAX_HEADER 96 (WLAN), 48 for tunnels (IPV6_SIT), 128 of TCP: as
   * x86_64_defconfig builds it; asked: 4.19. Debian's with mesh networks have 304. UNVERIFIED for
   * others.
   */
  private static final int MAX_TCP_HEADER_4 = 272;

  /** The same rounded up to lines of the cache, since 5.4; asked: 5.10, 6.1. */
  private static final int MAX_TCP_HEADER_5 = 320;

  /** SKB_TRUESIZE of the small head cache, 256 + 256 + 320; asked: 6.18. */
  private static final int OVERHEAD_6_18 = 832;

  /** HZ 250: Debian's kernels and the referee. */
  private static final long JIFFY_NS = 4_000_000;

  private static final Set<TcpFeature> FEATURES_2011 =
      EnumSet.of(
          DIRECT_COPY, // net/ipv4/tcp_input.c tcp_data_queue
          PLAIN_WINDOW_SELECTION, // net/ipv4/tcp_output.c __tcp_select_window
          RCVBUF_FIXUP, // net/ipv4/tcp_input.c tcp_fixup_rcvbuf
          SMALL_SNDBUF, // net/ipv4/tcp_input.c tcp_fixup_sndbuf
          PRUNE_ALWAYS_COLLAPSES, // net/ipv4/tcp_input.c tcp_prune_queue
          TINY_RCVBUF, // include/net/sock.h SOCK_MIN_RCVBUF
          PRUNE_DROPS_ALL_OUT_OF_ORDER,
          HEAD_IN_EVERY_BUFFER); // net/ipv4/tcp.c select_size

  private static final Set<TcpFeature> FEATURES_3_10 =
      with(without(FEATURES_2011, TINY_RCVBUF), RECEIVE_COALESCING, TAIL_LOSS_PROBE);

  private static final Set<TcpFeature> FEATURES_4_4 = // 4.4.302
      EnumSet.of(
          DIRECT_COPY,
          RCVBUF_FIXUP,
          RCVBUF_CUSHION,
          HEAD_IN_EVERY_BUFFER,
          RECEIVE_COALESCING,
          NOTSENT_LOWAT, // include/net/tcp.h tcp_stream_memory_free
          TAIL_LOSS_PROBE,
          RACK,
          FIRST_SEND_IS_FORCED, // net/ipv4/tcp.c sk_stream_alloc_skb
          EMPTY_QUEUE_IS_FORCED, // net/ipv4/tcp_input.c tcp_data_queue
          RECLAIM_BEFORE_SEND, // net/ipv4/tcp.c sk_stream_alloc_skb
          PRESSURE_ON_ANCESTORS); // include/net/sock.h sk_enter_memory_pressure

  private static final Set<TcpFeature> FEATURES_4_9 =
      with(
          without(FEATURES_4_4, PRESSURE_ON_ANCESTORS, HEAD_IN_EVERY_BUFFER),
          PRUNE_ALWAYS_COLLAPSES,
          HEAD_IN_FIRST_BUFFER); // net/ipv4/tcp.c linear_payload_sz

  private static final Set<TcpFeature> FEATURES_4_19 =
      with(
          without(FEATURES_4_9, DIRECT_COPY, PRUNE_ALWAYS_COLLAPSES),
          SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE); // net/ipv4/tcp_input.c tcp_try_rmem_schedule

  private static final Set<TcpFeature> FEATURES_5_10 =
      with(
          without(FEATURES_4_19, RCVBUF_FIXUP, RCVBUF_CUSHION, HEAD_IN_FIRST_BUFFER),
          BACKLOG_COALESCING,
          NOTSENT_LOWAT_WAKES_AT_HALF, // include/net/tcp.h tcp_stream_memory_free
          PING_PONG_AFTER_THREE); // include/net/inet_connection_sock.h TCP_PINGPONG_THRESH

  private static final Set<TcpFeature> FEATURES_6_1 =
      with(
          without(FEATURES_5_10, RECLAIM_BEFORE_SEND, PING_PONG_AFTER_THREE),
          RESERVE_MEM, // net/core/sock.c sock_reserve_memory
          CHARGES_MISSING_PART, // include/net/sock.h sk_wmem_schedule
          SEND_GUARANTEE, // net/ipv4/tcp.c tcp_wmem_schedule
          PRESSURE_CUTS_WINDOW, // net/ipv4/tcp_input.c tcp_grow_window
          WINDOW_GROWS_BY_FRAGMENTS); // net/ipv4/tcp_input.c truesize_adjust

  private static final Set<TcpFeature> FEATURES_6_18 =
      with(
          without(FEATURES_6_1, EMPTY_QUEUE_IS_FORCED),
          REFUSED_MEANS_ZERO_WINDOW, // net/ipv4/tcp_output.c tcp_select_window
          INGEST_TEST, // net/ipv4/tcp_input.c tcp_can_ingest
          NOTHING_BEYOND_WINDOW, // net/ipv4/tcp_input.c tcp_sequence
          SCALING_RATIO, // net/ipv4/tcp_input.c tcp_measure_rcv_mss
          RCVBUF_BY_WINDOW, // net/ipv4/tcp_input.c tcp_rcvbuf_grow
          FAIRNESS_UNDER_GLOBAL_PRESSURE, // net/core/sock.c __sk_mem_raise_allocated
          DEFERS_BACKLOG_ACK, // net/ipv4/tcp_input.c __tcp_ack_snd_check
          GROWS_BEFORE_SENDING); // net/ipv4/tcp_output.c tcp_grow_skb

  static final TcpConstants TCP_2011 = old(ADVMSS_3_3, ScheduleAlgorithm.PATCH_2011, FEATURES_2011);

  static final TcpConstants TCP_3_3 =
      old(
          ADVMSS_3_3,
          ScheduleAlgorithm.GROUP_THRESHOLDS,
          with(FEATURES_2011, FORCED_CHARGE_HIDES_WATERMARK)); // res_counter_charge_nofail

  static final TcpConstants TCP_3_10 =
      old(ADVMSS, ScheduleAlgorithm.GROUP_THRESHOLDS, FEATURES_3_10);

  static final TcpConstants TCP_4_4 =
      middle(RMEM_3, MAX_TCP_HEADER_4, ScheduleAlgorithm.GROUP_THRESHOLDS, FEATURES_4_4);

  static final TcpConstants TCP_4_9 =
      middle(RMEM_3, MAX_TCP_HEADER_4, ScheduleAlgorithm.CHARGE_THEN_DECIDE, FEATURES_4_9);

  static final TcpConstants TCP_4_19 =
      middle(RMEM_3, MAX_TCP_HEADER_4, ScheduleAlgorithm.CHARGE_THEN_DECIDE, FEATURES_4_19);

  static final TcpConstants TCP_5_10 =
      middle(RMEM_5, MAX_TCP_HEADER_5, ScheduleAlgorithm.CHARGE_THEN_DECIDE, FEATURES_5_10);

  static final TcpConstants TCP_5_15 =
      middle(RMEM_5, MAX_TCP_HEADER_5, ScheduleAlgorithm.CHARGE_IF_IT_FITS, FEATURES_5_10);

  static final TcpConstants TCP_6_1 =
      new TcpConstants(
          MEM_4,
          RMEM_5,
          WMEM,
          RMEM_MAX,
          MIN_SNDBUF_4,
          ADVMSS,
          OVERHEAD_4,
          MAX_TCP_HEADER_5,
          JIFFY_NS,
          ScheduleAlgorithm.CHARGE_IF_IT_FITS,
          ReclaimRule.AT_ONCE,
          CongestionControl.CUBIC,
          FEATURES_6_1);

  static final TcpConstants TCP_6_18 =
      new TcpConstants(
          MEM_4,
          RMEM_6_18,
          WMEM,
          RMEM_MAX_6_18,
          MIN_SNDBUF_4,
          ADVMSS,
          OVERHEAD_6_18,
          MAX_TCP_HEADER_5,
          JIFFY_NS,
          ScheduleAlgorithm.CHARGE_IF_IT_FITS,
          ReclaimRule.AT_ONCE,
          CongestionControl.BBR, // asked: the referee's sysctls
          FEATURES_6_18);

  private TcpProfiles() {}

  private static TcpConstants old(
      int advmssBytes, ScheduleAlgorithm schedule, Set<TcpFeature> features) {
    return new TcpConstants(
        MEM_3,
        RMEM_3,
        WMEM,
        RMEM_MAX,
        MIN_SNDBUF_3,
        advmssBytes,
        OVERHEAD_4,
        MAX_TCP_HEADER_4,
        JIFFY_NS,
        schedule,
        ReclaimRule.AT_RECLAIM_POINTS,
        CongestionControl.CUBIC,
        features);
  }

  private static TcpConstants middle(
      BufferSizes rmem,
      int maxTcpHeaderBytes,
      ScheduleAlgorithm schedule,
      Set<TcpFeature> features) {
    return new TcpConstants(
        MEM_4,
        rmem,
        WMEM,
        RMEM_MAX,
        MIN_SNDBUF_4,
        ADVMSS,
        OVERHEAD_4,
        maxTcpHeaderBytes,
        JIFFY_NS,
        schedule,
        ReclaimRule.ABOVE_TWO_MEGABYTES,
        CongestionControl.CUBIC,
        features);
  }

  private static Set<TcpFeature> with(Set<TcpFeature> features, TcpFeature... more) {
    EnumSet<TcpFeature> all = EnumSet.copyOf(features);
    all.addAll(List.of(more));
    return all;
  }

  private static Set<TcpFeature> without(Set<TcpFeature> features, TcpFeature... less) {
    EnumSet<TcpFeature> all = EnumSet.copyOf(features);
    all.removeAll(List.of(less));
    return all;
  }
}
