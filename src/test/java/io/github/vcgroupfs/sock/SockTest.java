package io.github.vcgroupfs.sock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.Setting;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pressure and static branch at the level of one socket: rulings.md, how we read the article. */
class SockTest {
  private static final int SKB = 16_384 + 576;
  private static final long PAGES_PER_SKB = 5;

  private final AtomicLong broken = new AtomicLong();
  private final List<Sock> open = new ArrayList<>();
  private MemoryTree tree;
  private SockMemory memory;
  private MemCgroup web;

  @BeforeEach
  void makeGroup() throws Exception {
    tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(),
            Membership.NOBODY,
            System::nanoTime,
            units -> broken.incrementAndGet());
    memory = SockMemory.of(tree.memory().globals());
    web = tree.mkdir(tree.root(), "web");
  }

  @AfterEach
  void everythingComesBack() {
    open.forEach(Sock::close);
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(broken).hasValue(0);
  }

  private Sock socket(MemCgroup group) {
    Sock sk = memory.open(group);
    open.add(sk);
    return sk;
  }

  private void limit(MemCgroup group, CounterKind kind, long bytes) throws Exception {
    tree.setLimit(group, kind, bytes);
  }

  private long tcp(MemCgroup group) {
    return tree.usage(group, CounterKind.TCP);
  }

  private long kmem(MemCgroup group) {
    return tree.usage(group, CounterKind.KMEM);
  }

  @Test
  void socketsMadeWhileTheBranchIsOffStayUnaccounted() throws Exception {
    Sock before = socket(web);
    assertThat(before.queueForSend(SKB)).isTrue();
    limit(web, CounterKind.TCP, 1 << 20);
    assertThat(before.queueForSend(SKB)).isTrue();
    assertThat(before.isAccounted()).isFalse();
    assertThat(tcp(web)).isZero();
    assertThat(web.tcp().stats().get(TcpCounter.SOCKETS_UNACCOUNTED)).isEqualTo(1);
    assertThat(tree.usage(tree.root(), CounterKind.TCP))
        .isEqualTo(2 * PAGES_PER_SKB * Pages.SIZE_BYTES);
  }

  @Test
  void whileTheBranchIsOnEveryGroupButTheRootIsAccounted() throws Exception {
    MemCgroup other = tree.mkdir(tree.root(), "other");
    limit(web, CounterKind.TCP, 1 << 20);
    assertThat(socket(other).isAccounted()).isTrue();
    assertThat(socket(tree.root()).isAccounted()).isFalse();
  }

  @Test
  void socketMemoryCountsInTcpAndInKernelMemory() throws Exception {
    limit(web, CounterKind.TCP, 1 << 20);
    Sock sk = socket(web);
    assertThat(sk.queueForSend(SKB)).isTrue();
    assertThat(tcp(web)).isEqualTo(PAGES_PER_SKB * Pages.SIZE_BYTES);
    assertThat(kmem(web)).isEqualTo(tcp(web));
    assertThat(tree.usage(web, CounterKind.MEMORY)).isEqualTo(tcp(web));
    sk.close();
    assertThat(tcp(web)).isZero();
    assertThat(kmem(web)).isZero();
  }

  @Test
  void theKernelBranchAloneCountsKernelMemoryAlone() throws Exception {
    tree.set(web, Setting.INDEPENDENT_KMEM_LIMIT, 1);
    limit(web, CounterKind.KMEM, 1 << 20);
    assertThat(tree.kmemBranch().isOn()).isTrue();
    assertThat(tree.tcpBranch().isOn()).isFalse();
    Sock sk = socket(web);
    assertThat(sk.queueForSend(SKB)).isTrue();
    assertThat(tcp(web)).isZero();
    assertThat(kmem(web)).isEqualTo(PAGES_PER_SKB * Pages.SIZE_BYTES);
  }

  @Test
  void boundSocketsGoOnBeingUnchargedWhenTheBranchIsOffAgain() throws Exception {
    limit(web, CounterKind.TCP, 1 << 20);
    Sock sk = socket(web);
    assertThat(sk.queueForSend(SKB)).isTrue();
    limit(web, CounterKind.TCP, Long.MAX_VALUE);
    assertThat(tree.tcpBranch().isOn()).isFalse();
    assertThat(socket(web).isAccounted()).isFalse();
    assertThat(sk.queueForSend(SKB)).isTrue();
    assertThat(tcp(web)).isEqualTo(sk.wmemQueued() + sk.forwardAlloc());
    sk.close();
    assertThat(tcp(web)).isZero();
  }

  @Test
  void aSuccessOverTheLimitIsCharged() throws Exception {
    limit(web, CounterKind.TCP, Pages.SIZE_BYTES);
    Sock sk = socket(web);
    assertThat(sk.queueForSend(SKB)).isTrue(); // the sender will block on its own buffer
    assertThat(tcp(web)).isEqualTo(PAGES_PER_SKB * Pages.SIZE_BYTES);
    assertThat(web.tcp().counter().failcnt()).isEqualTo(1);
    assertThat(sk.hasSendSpace()).isFalse();
    sk.close();
    assertThat(tcp(web)).isZero();
  }

  @Test
  void aRefusedReceiveChargesNothingAndIsPressure() throws Exception {
    limit(web, CounterKind.TCP, 2 * Pages.SIZE_BYTES);
    Sock sk = socket(web);
    assertThat(sk.scheduleReceive(SKB)).isFalse();
    assertThat(tcp(web)).isZero();
    assertThat(sk.underPressure()).isTrue();
    assertThat(web.tcp().counter().failcnt()).isEqualTo(1);
  }

  @Test
  void theMemoryLimitRefusesLikeTheTcpLimitAndCountsThere() throws Exception {
    limit(web, CounterKind.TCP, 1 << 20);
    limit(web, CounterKind.MEMORY, 2 * Pages.SIZE_BYTES);
    Sock sk = socket(web);
    assertThat(sk.scheduleReceive(SKB)).isFalse();
    assertThat(web.memory().failcnt()).isEqualTo(1);
    assertThat(web.tcp().counter().failcnt()).isZero();
    assertThat(sk.underPressure()).isTrue();
    tree.set(web, Setting.INDEPENDENT_KMEM_LIMIT, 1);
    assertThat(sk.scheduleReceive(SKB)).isTrue(); // the next charge sees the flag
  }

  @Test
  void anAncestorAtItsLimitPutsAllBelowUnderPressureAndNobodyElse() throws Exception {
    MemCgroup parent = tree.mkdir(tree.root(), "parent");
    tree.set(parent, Setting.USE_HIERARCHY, 1);
    MemCgroup one = tree.mkdir(parent, "one");
    MemCgroup two = tree.mkdir(parent, "two");
    limit(parent, CounterKind.TCP, 2 * Pages.SIZE_BYTES);
    Sock first = socket(one);
    Sock sibling = socket(two);
    Sock neighbour = socket(web);
    assertThat(first.scheduleReceive(SKB)).isFalse();
    assertThat(parent.tcp().counter().failcnt()).isEqualTo(1);
    assertThat(first.underPressure()).isTrue();
    assertThat(sibling.underPressure()).isTrue();
    assertThat(neighbour.underPressure()).isFalse();
    assertThat(tree.machine().pressure().isOn()).isFalse();
    assertThat(first.scheduleReceive(1000)).isTrue(); // fits: pressure ends
    assertThat(sibling.underPressure()).isFalse();
  }

  @Test
  void theMachineUnderPressureIsPressureForEverybody() throws Exception {
    limit(web, CounterKind.TCP, 1 << 20);
    tree.machine().setMemPages(new TcpMemLimits(1, 2, 100));
    Sock unbound = socket(tree.root());
    Sock bound = socket(web);
    assertThat(unbound.queueForSend(SKB)).isTrue();
    assertThat(bound.underPressure()).isTrue();
    assertThat(tree.machine().stats().get(TcpCounter.PRESSURE_ENTERED)).isEqualTo(1);
    unbound.close();
    assertThat(bound.underPressure()).isFalse();
  }

  @Test
  void aboveTheLastThresholdOfTheMachineEvenAGroupWithRoomIsRefused() throws Exception {
    limit(web, CounterKind.TCP, 1 << 20);
    tree.machine().setMemPages(new TcpMemLimits(1, 2, 4));
    Sock sk = socket(web);
    assertThat(sk.scheduleReceive(SKB)).isFalse();
    assertThat(tcp(web)).isZero();
  }

  @Test
  void whatIsChargedIsWhatSocketsHoldAfterAnySequence() throws Exception {
    Random random = new Random(20111201);
    limit(web, CounterKind.TCP, 40 * Pages.SIZE_BYTES);
    List<Sock> socks = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (socks.size() < 6) {
        socks.add(memory.open(web));
      }
      Sock sk = socks.get(random.nextInt(socks.size()));
      int size = 1 + random.nextInt(20_000);
      switch (random.nextInt(7)) {
        case 0, 1 -> sk.queueForSend(size);
        case 2 -> sk.freeSent(Math.min(size, sk.wmemQueued()));
        case 3 -> {
          if (sk.scheduleReceive(size)) {
            sk.queueReceived(size);
          }
        }
        case 4 -> sk.freeReceived(Math.min(size, sk.rmemAlloc()));
        case 5 -> sk.reclaim();
        default -> {
          if (random.nextInt(20) == 0) {
            sk.close();
            socks.remove(sk);
          } else {
            sk.reclaimPartially();
          }
        }
      }
      long held = 0;
      for (Sock each : socks) {
        assertThat(each.forwardAlloc()).isNotNegative();
        held += each.forwardAlloc() + each.rmemAlloc() + each.wmemQueued();
      }
      assertThat(tcp(web)).isEqualTo(held);
      assertThat(kmem(web)).isEqualTo(held);
      assertThat(tree.machine().memoryAllocated() * Pages.SIZE_BYTES).isEqualTo(held);
    }
    socks.forEach(Sock::close);
    assertThat(tcp(web)).isZero();
  }
}
