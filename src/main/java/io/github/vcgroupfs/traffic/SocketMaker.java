package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.FileIds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of a relay. Those of a user belong to him, as if he had made them by himself: a
 * socket takes the file-system ids of the thread that makes it ({@code net/socket.c sock_alloc},
 * {@code fs/file_table.c alloc_empty_file}), and firewalls look at them ({@code
 * net/netfilter/xt_owner.c owner_mt}).
 *
 * @param loops the threads
 * @param user whose the sockets are to be; null: the daemon's
 */
record SocketMaker(EventLoops loops, @Nullable Caller user) {
  /** For the relays of that writer. */
  static SocketMaker of(Writer writer, EventLoops loops) {
    boolean daemons = writer.sharing().rights().isOwner(writer.caller());
    return new SocketMaker(loops, daemons ? null : writer.caller());
  }

  /** The threads. */
  EventLoopGroup group() {
    return loops.group();
  }

  /** Makes listeners. */
  ChannelFactory<ServerChannel> listeners() {
    return owned(NioServerSocketChannel.class);
  }

  /** Makes connections. */
  ChannelFactory<SocketChannel> connections() {
    return owned(NioSocketChannel.class);
  }

  private <C extends Channel> ChannelFactory<C> owned(Class<? extends C> type) {
    ChannelFactory<? extends C> plain = new ReflectiveChannelFactory<>(type);
    Caller who = user;
    return who == null
        ? plain::newChannel
        : () -> FileIds.during(who.uid(), who.gid(), plain::newChannel);
  }
}
