package io.github.vcgroupfs.traffic.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.sock.SockMemory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Netty asks for when, step by step, on virtual time. */
class ChannelSockTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private MemoryTree tree;
  private MemCgroup web;
  private ChannelSock socket;

  @BeforeEach
  void open() throws Exception {
    tree =
        new MemoryTree(
            Profiles.byId("linux-6.18").orElseThrow().relaxed(),
            Membership.NOBODY,
            System::nanoTime,
            ModelListener.SILENT);
    web = tree.mkdir(tree.root(), "web");
    limit(2);
    SockMemory memory = SockMemory.of(tree.memory().globals());
    socket = new ChannelSock(memory.open(web), memory.constants(), new Waiters());
    socket.attach(channel);
  }

  private void limit(long pages) throws Exception {
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().ofPages(pages));
  }

  private long usedPages() {
    return tree.profile().era().toPages(tree.usage(web, CounterKind.TCP));
  }

  private void pass(int ms) {
    channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void theNextReadIsPaidInAdvanceOrDoesNotBegin() throws Exception {
    ByteBuf first = socket.allocate(channel.alloc());
    assertThat(usedPages()).isEqualTo(2);
    assertThat(socket.prepareNext()).isFalse();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(socket.usage().refusals()).isPositive();
    pass(1_000);
    assertThat(channel.config().isAutoRead()).isFalse(); // the queue is not empty
    assertThat(usedPages()).isEqualTo(2);

    limit(100);
    pass(200);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(usedPages()).isGreaterThan(2);
    first.release();
    assertThat(usedPages()).isZero();
    assertThat(socket.usage().pausedNs()).isPositive();
  }

  @Test
  void aLookForTheEndWhileWaitingIsASipAndLosesNothing() throws Exception {
    ByteBuf first = socket.allocate(channel.alloc());
    assertThat(socket.prepareNext()).isFalse();
    ByteBuf sip = socket.allocate(channel.alloc());
    assertThat(sip.capacity()).isLessThanOrEqualTo(64);
    assertThat(usedPages()).isEqualTo(3);

    limit(100);
    assertThat(socket.prepareNext()).isFalse(); // it waits still, but has got its buffer
    pass(200);
    assertThat(channel.config().isAutoRead()).isTrue();
    first.release();
    sip.release();
    assertThat(usedPages()).isZero();
    socket.close();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
  }

  @Test
  void anEmptyQueueTakesASegmentPastTheLimit() throws Exception {
    limit(0);
    ByteBuf forced = socket.allocate(channel.alloc());
    assertThat(forced.capacity()).isEqualTo(Pages.SIZE_BYTES - ReadSize.OVERHEAD_BYTES);
    assertThat(usedPages()).isEqualTo(1);
    assertThat(socket.prepareNext()).isFalse();
    forced.release();
    assertThat(usedPages()).isZero();
    for (int i = 0; i < 6 && !channel.config().isAutoRead(); i++) {
      pass(200);
    }
    assertThat(channel.config().isAutoRead()).isTrue(); // the peer sends again
  }

  @Test
  void whatIsPreparedGoesBackIfNothingComes() throws Exception {
    ByteBuf first = socket.allocate(channel.alloc());
    assertThat(socket.prepareNext()).isFalse();
    limit(100);
    pass(200);
    first.release();
    assertThat(usedPages()).isZero();
    ByteBuf second = socket.allocate(channel.alloc());
    socket.close();
    assertThat(usedPages()).isPositive();
    second.release();
    assertThat(usedPages()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
  }
}
