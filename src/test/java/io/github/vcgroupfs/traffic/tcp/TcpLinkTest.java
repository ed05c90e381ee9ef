package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.ModelInvariants;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kernel: nothing is lost, every charge comes back, limits bite. */
class TcpLinkTest {
  private static final long MS = 1_000_000;

  private final EventQueue events = new EventQueue(0);
  private final AtomicLong broken = new AtomicLong();
  private final List<TcpLink> links = new ArrayList<>();
  private final List<Sock> senders = new ArrayList<>();
  private final List<Sock> receivers = new ArrayList<>();
  private final PageFrag frag = new PageFrag();

  static List<KernelProfile> profiles() {
    return Profiles.all();
  }

  private MemoryTree tree(KernelProfile profile) {
    return new MemoryTree(
        profile, Membership.NOBODY, events::nowNs, units -> broken.incrementAndGet());
  }

  private MemCgroup limited(MemoryTree tree, long bytes) throws Exception {
    MemCgroup group = tree.mkdir(tree.root(), "web");
    tree.setLimit(group, CounterKind.TCP, tree.profile().era().limitOfBytes(bytes));
    return group;
  }

  private void connect(MemCgroup group, int count, long rttNs) {
    SockMemory memory = SockMemory.of(group.globals());
    NetworkPath path = new NetworkPath(events, 0);
    for (int i = 0; i < count; i++) {
      Sock from = memory.open(group);
      Sock to = memory.open(group);
      senders.add(from);
      receivers.add(to);
      links.add(Polled.connect(memory, path, from, to, rttNs));
    }
  }

  private void pass(long ms) {
    assertThat(events.runDue(events.nowNs() + ms * MS, 10_000_000)).as("events end").isTrue();
  }

  private void closeAll(MemoryTree tree, MemCgroup group) {
    links.forEach(TcpLink::close);
    assertThat(group.tcp().counter().usage()).isZero();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(broken).hasValue(0);
    ModelInvariants.check(tree);
  }

  /** Whatever the limit drops is sent again: a slow reader gets every byte that was accepted. */
  @ParameterizedTest
  @MethodSource("profiles")
  void everyByteAcceptedIsRead(KernelProfile profile) throws Exception {
    MemoryTree tree = tree(profile);
    MemCgroup group = limited(tree, 128 << 10);
    connect(group, 3, 0);
    Random random = new Random(42);
    long[] sent = new long[3];
    long[] received = new long[3];
    for (int i = 0; i < 3; i++) {
      readWhileWaiting(i, received);
    }
    for (int step = 0; step < 2_000; step++) {
      int i = random.nextInt(3);
      sent[i] += links.get(i).sender().send(1 + random.nextInt(40_000), frag);
      received[i] += links.get(i).receiver().read(1 + random.nextInt(30_000));
      pass(random.nextInt(3));
      assertThat(received[i]).isLessThanOrEqualTo(sent[i]);
    }
    long waitedMs = 0;
    while (waitedMs < 600_000 && received[0] + received[1] + received[2] < sum(sent)) {
      for (int i = 0; i < 3; i++) {
        received[i] += links.get(i).receiver().read(1 << 20);
        links.get(i).receiver().setReaderWaits(true);
      }
      pass(10);
      waitedMs += 10;
    }
    assertThat(received).containsExactly(sent);
    assertThat(sum(sent)).isGreaterThan(128 << 10);
    closeAll(tree, group);
  }

  /** Until 4.3 only a reader that waits in recv(2) gets data past the limit. */
  private void readWhileWaiting(int i, long[] received) {
    links
        .get(i)
        .receiver()
        .readDirectlyBy(
            new DirectReader() {
              @Override
              public boolean wants(int bytes) {
                return true;
              }

              @Override
              public void took(int bytes) {
                received[i] += bytes;
              }
            });
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  /** The sum of what sockets hold is what is charged, at any moment of any traffic. */
  @ParameterizedTest
  @MethodSource("profiles")
  void whatIsChargedIsWhatSocketsHold(KernelProfile profile) throws Exception {
    MemoryTree tree = tree(profile);
    MemCgroup group = limited(tree, 300_000);
    connect(group, 2, 0);
    connect(group, 2, 20 * MS);
    Random random = new Random(7);
    for (int step = 0; step < 3_000; step++) {
      TcpLink link = links.get(random.nextInt(links.size()));
      switch (random.nextInt(3)) {
        case 0 -> link.sender().send(1 + random.nextInt(70_000), frag);
        case 1 -> link.receiver().read(1 + random.nextInt(70_000));
        default -> pass(random.nextInt(30));
      }
      long held = 0;
      for (int i = 0; i < links.size(); i++) {
        held += senders.get(i).wmemQueued() + senders.get(i).forwardAlloc();
        held += receivers.get(i).rmemAlloc() + receivers.get(i).forwardAlloc();
        assertThat(senders.get(i).forwardAlloc()).isNotNegative();
        assertThat(receivers.get(i).forwardAlloc()).isNotNegative();
      }
      assertThat(tree.profile().era().toBytes(group.tcp().counter().usage())).isEqualTo(held);
    }
    closeAll(tree, group);
  }

  /** A group at its limit: pressure, drops, small send buffers; and it heals when there is room. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theLimitBitesAndHeals(KernelProfile profile) throws Exception {
    MemoryTree tree = tree(profile);
    MemCgroup group = limited(tree, 256 << 10);
    connect(group, 8, 0);
    long stopped = fill(2_000);
    assertThat(group.tcp().pressure().isOn()).isTrue();
    assertThat(group.tcp().stats().get(TcpCounter.SEND_REFUSED)).isPositive();
    assertThat(stopped).isLessThan(1 << 20);
    for (Sock each : senders) {
      assertThat(each.sndbuf()).isLessThan(64 << 10);
    }
    tree.setLimit(group, CounterKind.TCP, tree.profile().era().limitOfBytes(64 << 20));
    assertThat(fill(10_000)).isGreaterThan(stopped);
    assertThat(group.tcp().pressure().isOn()).isFalse();
    closeAll(tree, group);
  }

  private long fill(long ms) {
    long sent = 0;
    for (long passed = 0; passed < ms; passed++) {
      for (TcpLink link : links) {
        sent += link.sender().send(16 << 10, frag);
      }
      pass(1);
    }
    return sent;
  }

  /** On a path with a round trip the congestion window is what holds a sender back at first. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theCongestionWindowGrowsRoundTripByRoundTrip(KernelProfile profile) throws Exception {
    MemoryTree tree = tree(profile);
    MemCgroup group = limited(tree, 1L << 30);
    connect(group, 1, 100 * MS);
    TcpLink link = links.get(0);
    long received = 0;
    long first = 0;
    long last = 0;
    for (int i = 0; i < 2_000; i++) {
      link.sender().send(64 << 10, frag);
      int taken = link.receiver().read(1 << 20);
      received += taken;
      first = i < 140 ? received : first;
      last = i < 1_900 ? 0 : last + taken;
      pass(1);
    }
    assertThat(first).as("in the first round trip and a half").isPositive();
    assertThat(received / 20).as("a round trip of later").isGreaterThan(first / 2);
    assertThat(last).as("in the last round trip").isGreaterThanOrEqualTo(first);
    closeAll(tree, group);
  }
}
