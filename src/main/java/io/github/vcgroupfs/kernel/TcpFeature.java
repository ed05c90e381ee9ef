package io.github.vcgroupfs.kernel;

/**
 * Something that a kernel's TCP does with buffers. A profile has a set of these. Code asks for a
 * feature, and never which profile it is.
 */
public enum TcpFeature {
  /**
   * A reader that is waiting takes a segment even if there is no memory for it: {@code tp->ucopy}.
   * Until 4.13.
   */
  DIRECT_COPY,
  /**
   * An idle sender always gets memory for its first buffer: {@code sk_forced_mem_schedule}. 4.4.
   */
  FIRST_SEND_IS_FORCED,
  /**
   * connect(2) asks for the memory of its SYN, and is ENOBUFS if there is none: {@code
   * tcp_connect}. In 3.10.108, and until 4.3.
   */
  CONNECT_NEEDS_MEMORY,
  /** A segment for an empty receive queue is taken without asking for memory. 4.4 to 6.5. */
  EMPTY_QUEUE_IS_FORCED,
  /**
   * If there is no memory for a segment, it is still taken if the queue is empty. Either way the
   * next window is zero, which the sender believes: {@code ICSK_ACK_NOMEM}. From 6.6.
   */
  REFUSED_MEANS_ZERO_WINDOW,
  /**
   * One test says whether rcvbuf takes more, before and while the queues are pruned: {@code
   * tcp_can_ingest}. From 6.17.
   */
  INGEST_TEST,
  /** A segment beyond the window is dropped unless the queue is empty, from 6.17. */
  NOTHING_BEYOND_WINDOW,
  /**
   * Only what is missing in the forward allocation is charged. From 6.0, and in stable kernels of
   * 5.10 and 5.15.
   */
  CHARGES_MISSING_PART,
  /** Under pressure, forward allocation is given back before a send buffer is made. 4.4 to 5.15. */
  RECLAIM_BEFORE_SEND,
  /**
   * A sender with little in its queue always gets some memory: {@code tcp_wmem_schedule}. From 6.0.
   */
  SEND_GUARANTEE,
  /**
   * When something is sent for the first time, the send buffer grows and a writer is woken as after
   * an acknowledgement: {@code tcp_event_new_data_sent}. From 5.18.
   */
  SENDING_CHECKS_SPACE,
  /** If a group is over its limit, all groups above it are under pressure. 4.4. */
  PRESSURE_ON_ANCESTORS,
  /**
   * A charge that cannot be refused does not raise the watermark of a level that is over its limit.
   * 3.3 and 3.4.
   */
  FORCED_CHARGE_HIDES_WATERMARK,
  /**
   * Sockets share memory only when the machine is under pressure, not when a group is. From 6.7.
   */
  FAIRNESS_UNDER_GLOBAL_PRESSURE,
  /** A window is cut to whole segments, and not rounded to the window scale first. Until 4.3. */
  PLAIN_WINDOW_SELECTION,
  /**
   * How much of truesize is data is measured for each socket; older kernels assume one half. From
   * 6.6.
   */
  SCALING_RATIO,
  /** Received buffers are joined where possible: {@code tcp_try_coalesce}. From 3.5. */
  RECEIVE_COALESCING,
  /**
   * Every buffer that is made for a write has a head for data, 2,048 bytes with the headers: {@code
   * select_size}. Until 4.4.
   */
  HEAD_IN_EVERY_BUFFER,
  /**
   * A buffer that is made while nothing is queued or unacknowledged has a head for data: {@code
   * linear_payload_sz}. 4.6 to 4.19.
   */
  HEAD_IN_FIRST_BUFFER,
  /** rcvbuf starts large enough for the initial window: {@code tcp_fixup_rcvbuf}. Until 4.19. */
  RCVBUF_FIXUP,
  /**
   * That is four times the initial window, a cushion for right-sizing: {@code tcp_fixup_rcvbuf}
   * with {@code sysctl_tcp_moderate_rcvbuf}. 3.13 to 4.19.
   */
  RCVBUF_CUSHION,
  /** sndbuf starts small, and its size follows truesize: {@code tcp_fixup_sndbuf}. Until 3.12. */
  SMALL_SNDBUF,
  /**
   * Whether there is room for a writer is looked at only when something was freed: {@code
   * SOCK_QUEUE_SHRUNK}. Until 5.9.
   */
  QUEUE_SHRUNK_FLAG,
  /**
   * rcvbuf fits twice of what is read in a round trip: {@code tcp_rcv_space_adjust}. Until 3.12.
   */
  RCVBUF_OF_TWICE_THE_READ,
  /** rcvbuf grows half as much more, or twice, if more is read than before. 3.13 to 4.18. */
  RCVBUF_BY_STEPS,
  /**
   * The window may grow beyond what is free, up to its clamp: {@code tcp_grow_window}. Until 4.8,
   * and later where stable kernels did not take over the bound.
   */
  WINDOW_GROWS_TO_CLAMP,
  /** rcvbuf grows only with the window: {@code tcp_rcvbuf_grow}. From 6.15. */
  RCVBUF_BY_WINDOW,
  /**
   * A segment that comes out of order may open the window, too: {@code tcp_data_queue_ofo}. 4.4.
   */
  OUT_OF_ORDER_GROWS_WINDOW,
  /** A segment that comes out of order counts when segments are measured. From 6.0. */
  MEASURES_OUT_OF_ORDER,
  /**
   * Pruning collapses the queues even if rcvbuf has room. Until 4.3, and in 4.4 to 4.17 at first.
   */
  PRUNE_ALWAYS_COLLAPSES,
  /** Pruning drops everything that came out of order. Until 4.3. */
  PRUNE_DROPS_ALL_OUT_OF_ORDER,
  /** Memory is asked for again each time an out-of-order buffer was dropped. From 4.9. */
  SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE,
  /**
   * A sender that waits for the last answers sends a probe before the retransmission timer runs
   * out: a tail loss probe. From 3.10.
   */
  TAIL_LOSS_PROBE,
  /**
   * That the congestion window was full is remembered for a window of data: {@code
   * tcp_cwnd_validate}. From 6.1, and in stable kernels of 5.10 and 5.15.
   */
  CWND_LIMIT_IS_REMEMBERED,
  /**
   * After a timeout new data is sent first, which shows whether anything was lost: F-RTO, {@code
   * tcp_process_loss}. From 3.10.
   */
  FRTO,
  /** Losses are detected by time: {@code tcp_recovery.c}. From 4.4. */
  RACK,
  /**
   * A write looks at its backlog before each buffer but the first: {@code tcp_sendmsg}. 4.8 to
   * 4.20.
   */
  FLUSHES_AFTER_EACH_BUFFER,
  /** A write looks at its backlog after every sixteen buffers. From 5.0. */
  FLUSHES_BACKLOG,
  /**
   * Segments that arrive while the socket is in use are joined: {@code tcp_add_backlog}. From 5.0.
   */
  BACKLOG_COALESCING,
  /**
   * What arrives while a reader is at work is acknowledged once, when the reader is done. From 6.7.
   */
  DEFERS_BACKLOG_ACK,
  /**
   * A buffer that is about to be sent takes over data of the next one: {@code tcp_grow_skb}. From
   * 6.9.
   */
  GROWS_BEFORE_SENDING,
  /** SO_RCVBUF can be as small as 256 bytes: SOCK_MIN_RCVBUF. Until 3.4. */
  TINY_RCVBUF,
  /** A program can bound what is unsent: TCP_NOTSENT_LOWAT. From 3.12. */
  NOTSENT_LOWAT,
  /** A writer that waits is woken when half of what TCP_NOTSENT_LOWAT allows is sent. From 5.0. */
  NOTSENT_LOWAT_WAKES_AT_HALF,
  /** A socket can be given memory that it keeps: SO_RESERVE_MEM. From 5.17. */
  RESERVE_MEM,
  /**
   * Three answers in a row, and not one, are a sign that requests and responses go to and fro, so
   * that acknowledgements wait for them: {@code TCP_PINGPONG_THRESH}. 5.1 to 5.19.
   */
  PING_PONG_AFTER_THREE,
  /** Data that arrives under pressure lowers rcv_ssthresh: {@code tcp_grow_window}, in 6.1. */
  PRESSURE_CUTS_WINDOW,
  /**
   * When rcv_ssthresh grows, the head of a buffer does not count: {@code truesize_adjust}, in 6.1.
   */
  WINDOW_GROWS_BY_FRAGMENTS,
  /**
   * A burst is at most what the connection sends in a millisecond: {@code tcp_tso_autosize}. 3.12.
   */
  BURSTS_BY_PACE,
  /** A burst is larger if the receiver is near: {@code sysctl_tcp_tso_rtt_log}. From 5.18. */
  BURSTS_BY_RTT,
  /**
   * Nothing of the kernel: it was asked in an emulated machine, where programs are slower. So is
   * the program of a scenario.
   */
  ASKED_IN_EMULATION
}
