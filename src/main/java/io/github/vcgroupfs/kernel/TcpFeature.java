package io.github.vcgroupfs.kernel;

/**
 * What a kernel's TCP does or does not do with buffers. A profile is a set of these; the engine
 * asks for a feature and never for a profile.
 */
public enum TcpFeature {
  /** A reader that waits takes a segment without memory: {@code tp->ucopy}. Until 4.13. */
  DIRECT_COPY,
  /** The first buffer of an idle sender cannot be refused: {@code sk_forced_mem_schedule}, 4.4. */
  FIRST_SEND_IS_FORCED,
  /** A segment for an empty receive queue is not even asked about. 4.4 to 6.5. */
  EMPTY_QUEUE_IS_FORCED,
  /**
   * A segment that is refused is taken all the same if the queue is empty, and either way the next
   * window is zero, which the sender believes: {@code ICSK_ACK_NOMEM}, from 6.6.
   */
  REFUSED_MEANS_ZERO_WINDOW,
  /** What counts against rcvbuf is the data that arrives: {@code tcp_can_ingest}, from 6.17. */
  INGEST_TEST,
  /** A segment beyond the window is dropped unless the queue is empty, from 6.17. */
  NOTHING_BEYOND_WINDOW,
  /** Only what the forward alloc lacks is charged, from 6.0. */
  CHARGES_MISSING_PART,
  /** Under pressure forward alloc goes back before a send buffer is made. 4.4 to 5.15. */
  RECLAIM_BEFORE_SEND,
  /** A sender with little queued always gets some: {@code tcp_wmem_schedule}, from 6.0. */
  SEND_GUARANTEE,
  /** Where a group is over its limit, every ancestor is under pressure. 4.4. */
  PRESSURE_ON_ANCESTORS,
  /** A forced charge does not raise the watermark of a level over its limit. 3.3 and 3.4. */
  FORCED_CHARGE_HIDES_WATERMARK,
  /** Only the machine's pressure makes sockets share, from 6.7. */
  FAIRNESS_UNDER_GLOBAL_PRESSURE,
  /** A window is cut to whole segments without rounding to the scale first. Until 4.3. */
  PLAIN_WINDOW_SELECTION,
  /** The share of data in truesize is measured per socket instead of one half, from 6.6. */
  SCALING_RATIO,
  /** Received buffers are joined when they can be: {@code tcp_try_coalesce}, from 3.5. */
  RECEIVE_COALESCING,
  /** rcvbuf starts with room for the initial window: {@code tcp_fixup_rcvbuf}, until 4.19. */
  RCVBUF_FIXUP,
  /** sndbuf starts small and is sized by truesize: {@code tcp_fixup_sndbuf}, until 3.12. */
  SMALL_SNDBUF,
  /** rcvbuf grows with the window alone: {@code tcp_rcvbuf_grow}, from 6.15. */
  RCVBUF_BY_WINDOW,
  /** Pruning collapses the queues even if rcvbuf has room. Until 4.9. */
  PRUNE_ALWAYS_COLLAPSES,
  /** Pruning drops all that came out of order. Until 4.3. */
  PRUNE_DROPS_ALL_OUT_OF_ORDER,
  /** Scheduling is tried again after each out-of-order buffer is gone. From 4.19. */
  SCHEDULES_UNTIL_OUT_OF_ORDER_IS_GONE,
  /** A tail loss probe comes before the retransmission timer. From 3.10. */
  TAIL_LOSS_PROBE,
  /** Losses are told by time: {@code tcp_recovery.c}. From 4.4. */
  RACK,
  /** What comes while the socket is in use is joined: {@code tcp_add_backlog}, from 5.0. */
  BACKLOG_COALESCING,
  /** What came while a reader was at work is acknowledged once, when it is done. From 6.7. */
  DEFERS_BACKLOG_ACK,
  /** A buffer about to be sent takes data of the next one: {@code tcp_grow_skb}, from 6.9. */
  GROWS_BEFORE_SENDING,
  /** Data that comes under pressure cuts rcv_ssthresh: {@code tcp_grow_window}, in 6.1. */
  PRESSURE_CUTS_WINDOW,
  /** A buffer's head does not count when rcv_ssthresh grows: {@code truesize_adjust}, in 6.1. */
  WINDOW_GROWS_BY_FRAGMENTS
}
