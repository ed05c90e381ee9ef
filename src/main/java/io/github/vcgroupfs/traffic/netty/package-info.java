/**
 * Charges the buffers of real connections to memory groups, for applications that use Netty, and
 * for the relay.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.netty.ChannelAccounting} makes one
 * handler for each channel. An application adds this and nothing else:
 *
 * <pre>{@code
 * ChannelAccounting accounting = new ChannelAccounting(hierarchy);
 * bootstrap.childHandler(new ChannelInitializer<SocketChannel>() {
 *   protected void initChannel(SocketChannel channel) {
 *     channel.pipeline().addLast(accounting.newHandler(group), new MyHandler());
 *   }
 * });
 * }</pre>
 *
 * <p>What arrives is charged to the group <em>before</em> it is read from the socket, and uncharged
 * when the application releases the buffer. What the application writes is charged until the socket
 * has taken it. If a charge is refused, reading stops until there is memory again, and so the peer
 * has to wait. Under pressure reads are small and buffers do not grow. If too much is unsent, the
 * channel is not writable. Nothing is ever dropped. Two rules allow more than the limit, as in the
 * kernel: an empty receive queue takes one segment, and what an application writes is never
 * refused.
 *
 * <p><b>Reading order:</b> {@code AccountedChannel}, {@code ChannelSock}, {@code ReceiveBuf},
 * {@code ReceiveAllocator}, {@code Waiters}.
 *
 * <p><b>Threading:</b> handlers run on their channel's event loop. Buffers may be released on any
 * thread: what a channel is charged is guarded by the monitor of its {@code ChannelSock}.
 *
 * <p><b>Units:</b> bytes of truesize, that is data and overhead, unless a name says otherwise.
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp_input.c tcp_data_queue}, {@code net/ipv4/tcp.c
 * tcp_sendmsg_locked}, {@code net/core/stream.c sk_stream_wait_memory}.
 */
@NullMarked
package io.github.vcgroupfs.traffic.netty;

import org.jspecify.annotations.NullMarked;
