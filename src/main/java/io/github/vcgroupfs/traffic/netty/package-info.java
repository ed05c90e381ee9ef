/**
 * Charges the buffers of real connections to memory groups: for applications that embed Netty, and
 * for the relay.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.netty.ChannelAccounting} makes one
 * handler a channel, and that is all an application adds:
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
 * has taken it. A charge that is refused stops reading until there is memory again, so the peer
 * feels back-pressure; under pressure reads are small and buffers do not grow; too much that is
 * unsent makes the channel unwritable. Nothing is ever dropped. Two rules go past a limit, as the
 * kernel's do: an empty receive queue takes one segment, and what an application writes is never
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
