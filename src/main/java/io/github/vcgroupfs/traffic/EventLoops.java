package io.github.vcgroupfs.traffic;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the relays and the sockets that they use: epoll if it is available, or else NIO.
 *
 * @param group the threads
 * @param server the class of listeners
 * @param client the class of connections
 */
record EventLoops(
    EventLoopGroup group,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> client)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
  private static final int MAX_THREADS = 4;

  /** Which system calls. */
  enum Transport {
    NIO,
    EPOLL
  }

  /** The better one of those that are there. */
  static EventLoops best() {
    if (Epoll.isAvailable()) {
      return of(Transport.EPOLL);
    }
    LOG.info("relays use NIO: {}", String.valueOf(Epoll.unavailabilityCause()));
    return of(Transport.NIO);
  }

  static EventLoops of(Transport transport) {
    return switch (transport) {
      case NIO ->
          new EventLoops(
              new NioEventLoopGroup(threads(), names()),
              NioServerSocketChannel.class,
              NioSocketChannel.class);
      case EPOLL ->
          new EventLoops(
              new EpollEventLoopGroup(threads(), names()),
              EpollServerSocketChannel.class,
              EpollSocketChannel.class);
    };
  }

  private static int threads() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
  }

  private static ThreadFactory names() {
    return new DefaultThreadFactory("vcgroupfs-relay", true);
  }

  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
