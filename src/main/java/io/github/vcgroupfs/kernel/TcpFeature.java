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
  /** A segment for an empty receive queue is taken without asking for memory. 4.4 to 6.5. */
  EMPTY_QUEUE_IS_FORCED,
  /**
   * If there is no memory for a segment, it is still taken if the queue is empty. Either way the
   * next window is zero, which the sender believes: {@code ICSK_ACK_NOMEM}. From 6.6.
   */
  REFUSED_MEANS_ZERO_WINDOW,
  /** The data that arrives counts against rcvbuf: {@code tcp_can_ingest}. From 6.17. */
  INGEST_TEST,
  /** A segment beyond the window is dropped unless the queue is empty, from 6.17. */
  NOTHING_BEYOND_WINDOW,
  /** Only what is missing in the forward allocation is charged. From 6.0. */
  CHARGES_MISSING_PART,
  /** Under pressure, forward allocation is given back before a send buffer is made. 4.4 to 5.15. */
  RECLAIM_BEFORE_SEND,
  /**
   * A sender with little in its queue always gets some memory: {@code tcp_wmem_schedule}. From 6.0.
   */
  SEND_GUARANTEE,
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
  /** rcvbuf grows only with the window: {@code tcp_rcvbuf_grow}. From 6.15. */
  RCVBUF_BY_WINDOW,
  /** Pruning collapses the queues even if rcvbuf has room. Until 4.9. */
  PRUNE_ALWAYS_COLLAPSES,
  /** Pruning drops everything that came out of order. Until 4.3. */
  PRUNE_DROPS_ALL_OUT_OF_ORDER,
  /** Memory is asked for again each time an out-of-order buffer was dropped. From 4.19. */
  SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE,
  /**
   * A sender that waits for the last answers sends a probe before the retransmission timer runs
   * out: a tail loss probe. From 3.10.
   */
  TAIL_LOSS_PROBE,
  /** Losses are detected by time: {@code tcp_recovery.c}. From 4.4. */
  RACK,
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
  WINDOW_GROWS_BY_FRAGMENTS
}
