package io.github.vcgroupfs.traffic;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the relays. They use the JDK's own sockets, not Netty's for epoll: those read a
 * stream whose peer has ended it to its end at once, whether or not reading is off ({@code
 * AbstractEpollChannel.epollRdHupReady} in Netty 4.1 and 4.2), so past any limit.
 *
 * @param group the threads
 */
record EventLoops(EventLoopGroup group) implements AutoCloseable {
  private static final int MAX_THREADS = 4;

  /** Threads of their own; they start with their first socket. */
  static EventLoops start() {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    return new EventLoops(
        new NioEventLoopGroup(threads, new DefaultThreadFactory("vcgroupfs-relay", true)));
  }

  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
