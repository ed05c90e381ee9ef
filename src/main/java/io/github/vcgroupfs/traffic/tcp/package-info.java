/**
 * A model of TCP in Linux, with everything that matters for buffer memory. It has both ends of a
 * connection, segment by segment, from the handshake to TIME_WAIT.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.tcp.TcpLink}.
 *
 * <p><b>Reading order:</b> {@code EventQueue}, {@code NetworkPath}, {@code SockTimer}; {@code Skb},
 * {@code SendQueue}, {@code RtxQueue}, {@code TcpSender}, {@code LossRecovery}, {@code Congestion},
 * {@code Pacer}; {@code Segment}, {@code ReceiveQueue}, {@code ReceiveWindow}, {@code TcpReceiver};
 * {@code TcpEnd}, {@code Handshake}, {@code TimeWaits}.
 *
 * <p><b>Threading:</b> not thread-safe; one thread at a time uses a connection, or whoever holds
 * the lock.
 *
 * <p><b>Not here:</b> which group is charged for a buffer ({@code sock}); what the applications do
 * ({@code traffic}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp.c}, {@code tcp_input.c}, {@code tcp_output.c}, {@code
 * tcp_timer.c}, {@code tcp_recovery.c}; {@code TcpFeature} says what each version does.
 */
@NullMarked
package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.NullMarked;
