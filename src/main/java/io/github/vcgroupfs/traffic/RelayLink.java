package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.netty.AccountedChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relayed connection: what one side receives, the other one sends. What waits between them is
 * charged to the side that received it, by {@link AccountedChannel}. An end of data is passed on as
 * such, a reset as a reset. Both sides are on one event loop; the counts are read from anywhere.
 */
final class RelayLink {
  private static final Logger LOG = LoggerFactory.getLogger(RelayLink.class);
  private static final int CHECKS_PER_TIMEOUT = 4;

  private final Side front;
  private final Side back;
  private final IntConsumer moved;
  private final long timeoutNs;
  private final AtomicInteger open = new AtomicInteger(2);
  private volatile boolean aborted;

  /**
   * A connection that was accepted.
   *
   * @param front accounting of the socket that was accepted
   * @param back of the one that will be connected
   * @param moved is told how many bytes go from one side to the other
   */
  RelayLink(AccountedChannel front, AccountedChannel back, int timeoutSeconds, IntConsumer moved) {
    this.moved = moved;
    this.front = new Side(front);
    this.back = new Side(back);
    this.timeoutNs = TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  /** A socket is closed, or never came to be; whether it was the last. */
  boolean sideClosed() {
    return open.decrementAndGet() == 0;
  }

  /** The side that was accepted. */
  Side front() {
    return front;
  }

  /** The side that was connected. */
  Side back() {
    return back;
  }

  /** Both are connected. On their event loop. */
  void start(Channel accepted, Channel connected) {
    if (aborted || !accepted.isActive() || !connected.isActive()) {
      abort();
      return;
    }
    checkLater(connected);
    front.accounting.resume();
    back.accounting.resume();
  }

  private void checkLater(Channel timer) {
    Future<?> unused =
        timer
            .eventLoop()
            .schedule(
                () -> {
                  if (open.get() > 0) { // one may be closed while the other takes what is left
                    check();
                    checkLater(timer);
                  }
                },
                timeoutNs / CHECKS_PER_TIMEOUT,
                TimeUnit.NANOSECONDS);
  }

  private void check() {
    long now = System.nanoTime();
    if (front.isStuck(now) || back.isStuck(now)) {
      LOG.info(
          "a relayed connection from {} is reset: a peer took nothing for {} s",
          front.address(),
          TimeUnit.NANOSECONDS.toSeconds(timeoutNs));
      abort();
    }
  }

  /** Nothing more can come of it: both peers see a reset. Any thread. */
  void abort() {
    aborted = true;
    reset(front.channel);
    reset(back.channel);
  }

  /** Whether it has come to a bad end, perhaps before both were connected. */
  boolean isAborted() {
    return aborted;
  }

  /** Closes so that the peer sees a reset. */
  static void reset(@Nullable Channel channel) {
    if (channel != null && channel.isOpen()) {
      try {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      } catch (ChannelException e) {
        if (channel.isOpen()) {
          throw e;
        }
        return; // its peer has ended it since the question above, on the channel's own thread
      }
      channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  private Side other(Side side) {
    return side == front ? back : front;
  }

  /** One socket. Its handler passes on what it receives. */
  final class Side extends ChannelInboundHandlerAdapter {
    private final AccountedChannel accounting;
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable Channel channel;
    private boolean ended;

    /** Of the oldest data that waits to be sent here: how much, and since when it is the same. */
    private long pendingBytes;

    private long pendingProgress;
    private long sameSinceNs;

    Side(AccountedChannel accounting) {
      this.accounting = accounting;
    }

    AccountedChannel accounting() {
      return accounting;
    }

    /** There is a socket now, which does not read until {@link RelayLink#start}. */
    void made(Channel socket) {
      channel = socket;
    }

    boolean isMade() {
      return channel != null;
    }

    /** Its peer's address, or nothing while there is none. */
    String address() {
      Channel mine = channel;
      return mine != null && mine.remoteAddress() instanceof InetSocketAddress peer
          ? new RelaySpec.Endpoint(peer.getAddress().getHostAddress(), peer.getPort()).toString()
          : "";
    }

    /** Bytes received and passed on. */
    long receivedBytes() {
      return received.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf data = (ByteBuf) message;
      Channel to = Objects.requireNonNull(other(this).channel, "nobody reads before the start");
      received.addAndGet(data.readableBytes());
      moved.accept(data.readableBytes());
      ChannelFuture unused = to.writeAndFlush(data, to.voidPromise()); // failures: exceptionCaught
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !ended) {
        ended = true;
        endOutputOfOther();
      }
    }

    /** All that came was passed on before: the other peer reads to its end, too. */
    private void endOutputOfOther() {
      Channel to = other(this).channel;
      if (to == null) {
        return;
      }
      to.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  abort();
                } else if (ended && other(this).ended) {
                  finish();
                } else {
                  ((DuplexChannel) to)
                      .shutdownOutput()
                      .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                }
              });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof IOException) {
        LOG.debug("a relayed connection ends", cause);
      } else {
        LOG.warn("a relayed connection ends", cause);
      }
      abort(); // a reset, a time-out of the kernel, or no memory: the other peer must know
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (!ended || !other(this).ended) {
        abort();
      }
    }

    /** Whether the peer has taken nothing for the time-out. */
    private boolean isStuck(long now) {
      Channel to = channel;
      ChannelOutboundBuffer buffer = to == null ? null : to.unsafe().outboundBuffer();
      if (buffer == null || buffer.isEmpty()) {
        pendingBytes = 0;
        return false;
      }
      long bytes = buffer.totalPendingWriteBytes();
      long progress = buffer.currentProgress();
      if (bytes != pendingBytes || progress != pendingProgress) {
        pendingBytes = bytes;
        pendingProgress = progress;
        sameSinceNs = now;
        return false;
      }
      return now - sameSinceNs >= timeoutNs;
    }
  }

  /** Both peers have ended and everything was sent. */
  private void finish() {
    Channel first = front.channel;
    Channel second = back.channel;
    if (first != null && second != null) {
      flushAndClose(first);
      flushAndClose(second);
    }
  }

  private static void flushAndClose(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
