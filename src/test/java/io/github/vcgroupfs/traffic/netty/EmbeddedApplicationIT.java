package io.github.vcgroupfs.traffic.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole of what an application has to do to charge its channels: see {@link #listen}. It keeps
 * what it receives for as long as it likes, and writes what it likes.
 */
@Timeout(60)
@Tag("jdk")
@Tag("single-cpu")
class EmbeddedApplicationIT {
  private static final long LIMIT = 96 << 10;

  private final EventLoopGroup loops = new NioEventLoopGroup(2);
  private final Queue<ByteBuf> kept = new ConcurrentLinkedQueue<>();
  private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
  private final Queue<AccountedChannel> accounts = new ConcurrentLinkedQueue<>();
  private MemoryTree tree;
  private MemCgroup web;
  private Channel server;

  @BeforeEach
  void listen() throws Exception {
    tree =
        new MemoryTree(
            Profiles.byId("linux-6.18").orElseThrow().relaxed(),
            Membership.NOBODY,
            System::nanoTime,
            ModelListener.SILENT);
    web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().limitOfBytes(LIMIT));

    ChannelAccounting accounting = new ChannelAccounting(tree.tree());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    AccountedChannel account = accounting.newHandler(web);
                    channel.pipeline().addLast(account, new Keeper());
                    accounts.add(account);
                    channels.add(channel);
                  }
                });
    server =
        bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync().channel();
  }

  @AfterEach
  void end() throws Exception {
    server.close().sync();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  /** The application: keeps what comes. */
  private final class Keeper extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      kept.add((ByteBuf) message);
    }
  }

  private Socket connect() throws Exception {
    InetSocketAddress address = (InetSocketAddress) server.localAddress();
    Socket client = new Socket(address.getAddress(), address.getPort());
    await(() -> !channels.isEmpty());
    return client;
  }

  private long usage() {
    return tree.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(1);
    }
  }

  @Test
  void whatIsKeptIsChargedAndWhatIsReleasedIsNot() throws Exception {
    int total = 4 << 20;
    try (Socket client = connect()) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(new byte[total]);
                } catch (IOException closed) {
                  throw new AssertionError(closed);
                }
              });
      sender.start();
      AccountedChannel account = accounts.element();
      await(() -> account.usage().refusals() > 0 && !kept.isEmpty());
      Thread.sleep(300);
      assertThat(usage()).isBetween(LIMIT / 2, LIMIT + Pages.SIZE_BYTES);
      assertThat(account.usage().accounted()).isTrue();
      assertThat(account.usage().rmemAlloc()).isEqualTo(usage() - account.usage().forwardAlloc());
      assertThat(account.usage().pausedNs()).isPositive();

      int received = 0;
      while (received < total) { // released on a thread that is not the channel's
        ByteBuf part = kept.poll();
        if (part != null) {
          received += part.readableBytes();
          ByteBuf view = part.retainedSlice();
          part.release();
          view.release();
        }
        assertThat(usage()).isLessThanOrEqualTo(LIMIT + Pages.SIZE_BYTES);
      }
      assertThat(received).isEqualTo(total);
      sender.join();
      await(() -> usage() == 0);
    }
    await(() -> web.tcp().socketsAllocated() == 0);
  }

  @Test
  void whatIsKeptStaysChargedAfterTheConnectionIsGone() throws Exception {
    try (Socket client = connect()) {
      client.getOutputStream().write(new byte[1_000]);
      await(() -> !kept.isEmpty());
    }
    Channel channel = channels.element();
    channel.close().sync();
    assertThat(usage()).isPositive();
    assertThat(web.tcp().socketsAllocated()).isEqualTo(1);
    kept.remove().release();
    assertThat(usage()).isZero();
    assertThat(web.tcp().socketsAllocated()).isZero();
  }

  @Test
  void whatIsWrittenIsChargedUntilTheSocketHasTakenIt() throws Exception {
    try (Socket client = connect()) {
      Channel channel = channels.element();
      int total = 0;
      ChannelFuture last;
      do { // until the buffers of the kernel are full
        last = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1 << 20]));
        total += 1 << 20;
        channel.eventLoop().submit(() -> {}).sync(); // it has tried
      } while (last.awaitUninterruptibly(500));
      assertThat(channel.isWritable()).isFalse();
      assertThat(usage()).isGreaterThan(1 << 20); // what is written is never refused
      assertThat(accounts.element().usage().wmemQueued()).isGreaterThan(1 << 20);
      assertThat(client.getInputStream().readNBytes(total)).hasSize(total);
      assertThat(last.sync().isSuccess()).isTrue();
      await(() -> usage() == 0 && channel.isWritable());
      assertThat(accounts.element().usage().wmemQueued()).isZero();
    }
  }

  @Test
  void anApplicationMayStopAndGoOn() throws Exception {
    try (Socket client = connect()) {
      AccountedChannel account = accounts.element();
      channels.element().eventLoop().submit(account::hold).sync();
      client.getOutputStream().write(1);
      Thread.sleep(100);
      assertThat(kept).isEmpty();
      account.resume();
      await(() -> !kept.isEmpty());
      kept.remove().release();
      await(() -> usage() == 0);
    }
  }

  @Test
  void withoutALimitNothingIsCharged() throws Exception {
    MemCgroup other = tree.mkdir(tree.root(), "other");
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().unlimited());
    tree.rmdir(web); // the branch goes off
    AccountedChannel account = new ChannelAccounting(tree.tree()).newHandler(other);
    assertThat(account.usage().accounted()).isFalse();
    account.close();
    assertThat(tree.machine().socketsAllocated()).isZero();
  }
}
