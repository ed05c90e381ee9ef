package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.os.DescriptorLimit;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.traffic.netty.AccountedChannel;
import io.github.vcgroupfs.traffic.netty.ChannelAccounting;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener and the connections it has accepted, of one group. Thread-safe. */
final class Relay {
  /** Sockets are made for clients, so they leave the last descriptors to the daemon. */
  static final DescriptorLimit DESCRIPTORS = DescriptorLimit.self();

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int MAX_CONNECT_MS = 10_000;
  private static final int BACKLOG = 1_024;

  private final String name;
  private final RelaySpec spec;
  private final Maker maker;
  private final MemCgroup group;
  private final ChannelAccounting accounting;
  private final SocketMaker sockets;
  private final Target target;
  private final Set<RelayLink> links = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** What connections that are gone had counted. */
  private final RelayTotals gone = new RelayTotals();

  private volatile @Nullable Channel listener;
  private volatile boolean aborted;

  /**
   * A relay that does not listen yet. Preconditions: it was taken from its maker's quota.
   *
   * @param maker for whom it counts until it stops, and each connection until it has ended
   * @param sockets makes its sockets
   * @param target where connections are taken
   */
  Relay(
      RelayCommand.Add add,
      Maker maker,
      MemCgroup group,
      ChannelAccounting accounting,
      SocketMaker sockets,
      Target target) {
    this.name = add.name();
    this.spec = add.spec();
    this.maker = maker;
    this.group = group;
    this.accounting = accounting;
    this.sockets = sockets;
    this.target = target;
  }

  /**
   * Who made it.
   *
   * @param caller the user
   * @param quotas where it counts
   */
  record Maker(Caller caller, Quotas quotas) {
    int uid() {
      return caller.uid();
    }

    boolean mayConnect() {
      return quotas.tryTake(caller, Quota.RELAY_CONNECTIONS, 1);
    }

    void gaveBack(Quota quota) {
      quotas.give(caller.uid(), quota, 1);
    }
  }

  String name() {
    return name;
  }

  Maker maker() {
    return maker;
  }

  RelaySpec spec() {
    return spec;
  }

  Target target() {
    return target;
  }

  Set<RelayLink> links() {
    return links;
  }

  private void moved(int bytes) {
    group.tcp().stats().countRelayed(bytes);
    group.globals().machine().stats().countRelayed(bytes);
  }

  long accepted() {
    return accepted.get();
  }

  /** Connections that were reset at once, because they were too many. */
  long turnedAway() {
    return turnedAway.get();
  }

  /** What all its connections have counted. */
  RelayTotals totals() {
    RelayTotals sum = new RelayTotals();
    sum.add(gone);
    links.forEach(sum::add);
    return sum;
  }

  /** Begins to listen; the future fails with what bind(2) says. */
  ChannelFuture listen(InetSocketAddress address) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(sockets.group())
            .channelFactory(sockets.listeners())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    if (spec.rcvbufBytes() != RelaySpec.BY_KERNEL) {
      bootstrap.option(ChannelOption.SO_RCVBUF, spec.rcvbufBytes()); // before the handshake
    }
    ChannelFuture bound = bootstrap.bind(address);
    listener = bound.channel();
    return bound;
  }

  /** Where it listens: the port is known once it does. */
  String listensOn() {
    Channel channel = listener;
    return channel != null && channel.localAddress() instanceof InetSocketAddress address
        ? new RelaySpec.Endpoint(spec.listen().host(), address.getPort()).toString()
        : spec.listen().toString();
  }

  /** Stops to listen; connections go on and return their charges. */
  void stop() {
    Channel channel = listener;
    if (channel != null) {
      channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
    if (!stopped.getAndSet(true)) {
      maker.gaveBack(Quota.RELAYS);
    }
  }

  /**
   * Waits until nothing listens any more. Not on an event loop.
   *
   * @param mostMs gives up after so many milliseconds
   */
  void awaitStopped(long mostMs) {
    Channel channel = listener;
    if (channel != null) {
      boolean unused = channel.closeFuture().awaitUninterruptibly(mostMs);
    }
  }

  /** Stops, and resets every connection: also what is about to be accepted, or to be connected. */
  void abort() {
    aborted = true;
    stop();
    links.forEach(RelayLink::abort);
  }

  /**
   * Waits until what {@link #abort} has begun is done, and what it charged has come back. Not on an
   * event loop.
   *
   * @param mostMs gives up after so many milliseconds
   */
  void awaitAborted(long mostMs) {
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMs);
    awaitStopped(mostMs);
    for (EventExecutor loop : sockets.group()) { // sockets are closed there, in the order of calls
      long leftNs = Math.max(0, endNs - System.nanoTime());
      boolean unused = loop.submit(() -> {}).awaitUninterruptibly(leftNs, TimeUnit.NANOSECONDS);
    }
  }

  private void accept(SocketChannel front) {
    if (!group.isAlive() || aborted) {
      RelayLink.reset(front);
      return;
    }
    if (DESCRIPTORS.isReached()) {
      LOG.info("relay {}: reset a connection, no descriptors are left (ulimit -n)", name);
      RelayLink.reset(front);
      return;
    }
    if (!maker.mayConnect()) {
      turnAway(front);
      return;
    }
    accepted.incrementAndGet();
    RelayLink link =
        new RelayLink(
            accounting.newHandler(group),
            accounting.newHandler(group),
            spec.timeoutSeconds(),
            this::moved);
    links.add(link);
    prepare(front, link, link.front());
    if (aborted) { // since the question above
      link.abort();
    }
    connect(front, link);
  }

  private void turnAway(SocketChannel front) {
    if (turnedAway.getAndIncrement() == 0) {
      LOG.warn(
          "relay {} turns connections away: uid {} or the mount has as many as may be ({} and {} set that)",
          name,
          maker.uid(),
          QuotaLimits.USER_OPTION,
          QuotaLimits.MOUNT_OPTION);
    }
    RelayLink.reset(front);
  }

  /** On the event loop of the socket that was accepted. */
  private void connect(SocketChannel front, RelayLink link) {
    int millis = (int) Math.min(TimeUnit.SECONDS.toMillis(spec.timeoutSeconds()), MAX_CONNECT_MS);
    CompletableFuture<InetSocketAddress> address = target.address();
    if (address.isDone()) {
      connect(front, link, address, millis);
      return;
    }
    long beforeNs = System.nanoTime();
    CompletableFuture<InetSocketAddress> unused =
        address
            .copy()
            .orTimeout(millis, TimeUnit.MILLISECONDS)
            .whenComplete(
                (found, failure) -> {
                  long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beforeNs);
                  int leftMs = (int) Math.max(1, millis - waitedMs);
                  front.eventLoop().execute(() -> connect(front, link, address, leftMs));
                });
  }

  private void connect(
      SocketChannel front,
      RelayLink link,
      CompletableFuture<InetSocketAddress> address,
      int millis) {
    InetSocketAddress found = found(address);
    if (found == null || !front.isOpen()) {
      LOG.info("relay {}: {} is {}", name, spec.connect(), target.state());
      giveUp(front, link);
      return;
    }
    connect(front, link, found, millis);
  }

  private static @Nullable InetSocketAddress found(CompletableFuture<InetSocketAddress> address) {
    return address.isDone() && !address.isCompletedExceptionally() ? address.join() : null;
  }

  private void connect(SocketChannel front, RelayLink link, InetSocketAddress to, int millis) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(front.eventLoop())
            .channelFactory(sockets.connections())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .option(ChannelOption.AUTO_READ, false)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel back) {
                    prepare(back, link, link.back());
                    if (link.isAborted()) {
                      RelayLink.reset(back);
                    }
                  }
                })
            .connect(to);
    connecting.addListener(
        (ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            link.start(front, connected.channel());
          } else {
            if (!link.isAborted()) {
              LOG.info("relay {}: {} does not answer: {}", name, to, connected.cause() + "");
            }
            giveUp(front, link);
          }
        });
  }

  private void giveUp(SocketChannel front, RelayLink link) {
    RelayLink.reset(front);
    if (!link.back().isMade()) { // no descriptor was left, for example
      link.back().accounting().close();
      closed(link);
    }
  }

  private void prepare(SocketChannel channel, RelayLink link, RelayLink.Side side) {
    AccountedChannel accounted = side.accounting();
    accounted.hold();
    channel.config().setAllowHalfClosure(true);
    channel.config().setTcpNoDelay(true);
    channel.config().setKeepAlive(true);
    if (spec.sndbufBytes() != RelaySpec.BY_KERNEL) {
      channel.config().setSendBufferSize(spec.sndbufBytes());
      accounted.setSendBuffer(spec.sndbufBytes());
    }
    if (spec.rcvbufBytes() != RelaySpec.BY_KERNEL) {
      channel.config().setReceiveBufferSize(spec.rcvbufBytes());
      accounted.setReceiveBuffer(spec.rcvbufBytes());
    }
    channel.pipeline().addLast(accounted, side);
    side.made(channel);
    channel.closeFuture().addListener(closed -> closed(link));
  }

  private void closed(RelayLink link) {
    if (link.sideClosed() && links.remove(link)) {
      gone.add(link);
      maker.gaveBack(Quota.RELAY_CONNECTIONS);
    }
  }
}
