/**
 * A model of the Linux TCP implementation as far as it moves buffer memory: both ends of a
 * connection in one direction of data, segment by segment.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.tcp.TcpLink}.
 *
 * <p><b>Reading order:</b> {@code EventQueue}, {@code NetworkPath}, {@code SockTimer}; {@code Skb},
 * {@code SendQueue}, {@code RtxQueue}, {@code TcpSender}, {@code LossRecovery}, {@code Congestion},
 * {@code Pacer}; {@code Segment}, {@code ReceiveQueue}, {@code ReceiveWindow}, {@code TcpReceiver}.
 *
 * <p><b>Threading:</b> none; a model belongs to one thread, or to whoever holds the lock.
 *
 * <p><b>Not here:</b> who is charged for a buffer ({@code sock}), what the applications do ({@code
 * traffic}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp.c}, {@code tcp_input.c}, {@code tcp_output.c}, {@code
 * tcp_timer.c}, {@code tcp_recovery.c}; which version does what is {@code TcpFeature}.
 */
@NullMarked
package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.NullMarked;
