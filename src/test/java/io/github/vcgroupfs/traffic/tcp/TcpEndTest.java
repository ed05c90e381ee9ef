package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.ModelInvariants;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A socket sends and receives; and how it ends. */
class TcpEndTest {
  private static final KernelProfile LINUX_6_18 = Profiles.byId("linux-6.18").orElseThrow();
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private final EventQueue events = new EventQueue(0);
  private final AtomicLong broken = new AtomicLong();
  private final PageFrag frag = new PageFrag();
  private MemoryTree tree;
  private MemCgroup web;
  private TcpLink link;
  private TcpEnd client;
  private TcpEnd server;

  static List<KernelProfile> profiles() {
    return Profiles.all();
  }

  private void connect(KernelProfile profile, long rttNs) throws Exception {
    tree =
        new MemoryTree(
            profile, Membership.NOBODY, events::nowNs, units -> broken.incrementAndGet());
    web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, profile.era().limitOfBytes(64 << 20));
    SockMemory memory = SockMemory.of(web.globals());
    link =
        Polled.connect(
            memory, new NetworkPath(events, 0), memory.open(web), memory.open(web), rttNs);
    client = link.client();
    server = link.server();
  }

  private void pass(long ns) {
    assertThat(events.runDue(events.nowNs() + ns, 10_000_000)).as("events end").isTrue();
  }

  private long usage() {
    return web.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  private long count(TcpCounter counter) {
    return web.tcp().stats().get(counter);
  }

  /** Writes until the socket takes no more. */
  private long fill(TcpEnd end) {
    long sent = 0;
    int taken = end.sender().send(16_384, frag);
    while (taken > 0) {
      sent += taken;
      pass(100_000);
      taken = end.sender().send(16_384, frag);
    }
    pass(100 * MS);
    return sent;
  }

  /** Reads until the end, or for a minute. */
  private long drain(TcpEnd end) {
    long received = 0;
    for (int i = 0; i < 6_000 && !end.isAtEnd(); i++) {
      received += end.receiver().read(1 << 20);
      end.receiver().setReaderWaits(true);
      pass(10 * MS);
    }
    return received;
  }

  private void nothingIsLeft() {
    assertThat(usage()).isZero();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(tree.machine().orphans()).isZero();
    assertThat(broken).hasValue(0);
    ModelInvariants.check(tree);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void bothEndsSendAtTheSameTime(KernelProfile profile) throws Exception {
    connect(profile, 0);
    long[] sent = new long[2];
    long[] received = new long[2];
    for (int i = 0; i < 2_000; i++) {
      TcpEnd from = i % 2 == 0 ? client : server;
      sent[i % 2] += from.sender().send(1 + i * 37 % 8_000, frag);
      received[i % 2] += from.receiver().read(1 + i * 53 % 40_000);
      pass(i % 3 * MS);
    }
    for (int i = 0; i < 20_000 && received[0] + received[1] < sent[0] + sent[1]; i++) {
      received[0] += client.receiver().read(1 << 20);
      received[1] += server.receiver().read(1 << 20);
      pass(10 * MS);
    }
    assertThat(received[1]).isEqualTo(sent[0]).isGreaterThan(1 << 20);
    assertThat(received[0]).isEqualTo(sent[1]).isGreaterThan(1 << 20);
    link.close();
    nothingIsLeft();
  }

  /** What is unsent stays charged, to a socket that no program has, until it is acknowledged. */
  @ParameterizedTest
  @MethodSource("profiles")
  void whoClosesWithUnsentDataLeavesAnOrphan(KernelProfile profile) throws Exception {
    connect(profile, 0);
    long sent = fill(client);
    long filled = usage();
    client.close();
    pass(SECOND);
    assertThat(client.state()).isEqualTo(TcpState.FIN_WAIT1);
    assertThat(tree.machine().orphans()).isEqualTo(1);
    assertThat(web.tcp().orphans()).isEqualTo(1);
    assertThat(usage()).isGreaterThan(filled / 2);
    assertThat(client.unackedBytes()).isPositive();

    assertThat(drain(server)).isEqualTo(sent);
    pass(SECOND);
    assertThat(server.state()).isEqualTo(TcpState.CLOSE_WAIT);
    assertThat(client.state()).isEqualTo(TcpState.FIN_WAIT2);
    assertThat(client.isTimeWait()).isTrue();
    assertThat(tree.machine().orphans()).isZero();
    assertThat(tree.machine().socketsAllocated()).isEqualTo(1);
    assertThat(web.tcp().timeWaits()).isEqualTo(1);

    server.close();
    pass(SECOND);
    assertThat(client.state()).isEqualTo(TcpState.TIME_WAIT);
    assertThat(server.isOver()).isTrue();
    nothingIsLeft();
    pass(58 * SECOND);
    assertThat(tree.machine().timeWaits()).isEqualTo(1);
    pass(3 * SECOND);
    assertThat(tree.machine().timeWaits()).isZero();
    assertThat(link.isOver()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void whoClosesWithUnreadDataResets(KernelProfile profile) throws Exception {
    connect(profile, 0);
    server.sender().send(5_000, frag);
    client.sender().send(7_000, frag);
    pass(100 * MS);
    client.close();
    pass(100 * MS);
    assertThat(count(TcpCounter.ABORTED_ON_CLOSE)).isEqualTo(1);
    assertThat(client.isOver()).isTrue();
    assertThat(server.isBroken()).isTrue();
    assertThat(server.isAtEnd()).as("what came before the reset can be read").isFalse();
    assertThat(usage()).isPositive();
    assertThat(server.receiver().read(100_000)).isEqualTo(7_000);
    assertThat(server.isAtEnd()).isTrue();
    assertThat(server.sender().send(10, frag)).isZero();
    server.close();
    assertThat(tree.machine().timeWaits()).isZero();
    nothingIsLeft();
  }

  @Test
  void lingerOfZeroThrowsAwayWhatIsUnsentAndTheReaderKeepsWhatItHas() throws Exception {
    connect(LINUX_6_18, 0);
    fill(client);
    long filled = usage();
    long unread = server.unreadBytes();
    client.reset();
    assertThat(usage()).isPositive().isLessThan(filled / 10);
    assertThat(server.unreadBytes()).isEqualTo(unread);
    assertThat(server.receiver().read(1 << 22)).isEqualTo((int) unread);
    assertThat(usage()).isZero();
    server.close();
    nothingIsLeft();
  }

  @Test
  void dataForASocketThatWasClosedIsAnsweredByAReset() throws Exception {
    connect(LINUX_6_18, 20 * MS);
    client.sender().send(1_000, frag);
    client.close();
    server.sender().send(2_000, frag);
    pass(200 * MS);
    assertThat(server.isBroken()).isTrue();
    server.close();
    assertThat(tree.machine().timeWaits()).isZero();
    nothingIsLeft();
  }

  @Test
  void dataForAnOrphanThatStillSendsIsAnsweredByAReset() throws Exception {
    connect(LINUX_6_18, 0);
    fill(client);
    client.close();
    server.sender().send(2_000, frag);
    pass(200 * MS);
    assertThat(count(TcpCounter.ABORTED_ON_DATA)).isEqualTo(1);
    assertThat(client.isOver()).isTrue();
    assertThat(server.isBroken()).isTrue();
    server.close();
    nothingIsLeft();
  }

  @Test
  void bothCloseAtTheSameTime() throws Exception {
    connect(LINUX_6_18, 20 * MS);
    client.sender().send(1_000, frag);
    server.sender().send(1_000, frag);
    pass(100 * MS);
    assertThat(client.receiver().read(5_000) + server.receiver().read(5_000)).isEqualTo(2_000);
    pass(100 * MS);
    client.close();
    server.close();
    pass(15 * MS);
    assertThat(client.state()).isEqualTo(TcpState.CLOSING);
    assertThat(server.state()).isEqualTo(TcpState.CLOSING);
    pass(100 * MS);
    assertThat(client.state()).isEqualTo(TcpState.TIME_WAIT);
    assertThat(server.state()).isEqualTo(TcpState.TIME_WAIT);
    assertThat(tree.machine().timeWaits()).isEqualTo(2);
    nothingIsLeft();
  }

  /** {@code tcp_probe_timer}: the reader still answers, but takes nothing. */
  @Test
  void anOrphanWhoseReaderIsStuckIsGivenUpAfterMinutes() throws Exception {
    connect(LINUX_6_18, 0);
    fill(client);
    long unread = server.unreadBytes();
    client.close();
    pass(200 * SECOND);
    assertThat(tree.machine().orphans()).isEqualTo(1);
    pass(200 * SECOND);
    assertThat(tree.machine().orphans()).isZero();
    assertThat(count(TcpCounter.ABORTED_ON_TIMEOUT)).isEqualTo(1);
    assertThat(server.unreadBytes()).as("probes brought some more").isGreaterThanOrEqualTo(unread);
    server.receiver().read(1 << 22);
    server.close();
    nothingIsLeft();
  }

  /** {@code tcp_check_oom}. */
  @Test
  void anOrphanGoesIfTheMachineIsOutOfMemory() throws Exception {
    connect(LINUX_6_18, 0);
    fill(client);
    tree.machine().setMemPages(new TcpMemLimits(1, 2, 3));
    client.close();
    assertThat(count(TcpCounter.ABORTED_ON_MEMORY)).isEqualTo(1);
    assertThat(client.isOver()).isTrue();
    assertThat(server.isBroken()).isTrue();
    server.receiver().read(1 << 22);
    server.close();
    nothingIsLeft();
  }

  /**
   * {@code tcp_send_fin}: its memory is never refused; before 4.4 nobody asks. But there the other
   * end has to have memory for it.
   */
  @ParameterizedTest
  @MethodSource("profiles")
  void aFinNeedsNoRoomBelowTheLimit(KernelProfile profile) throws Exception {
    connect(profile, 20 * MS);
    client.sk().reclaim(); // the page of the SYN
    tree.setLimit(web, CounterKind.TCP, profile.era().limitOfBytes(0));
    client.close();
    assertThat(client.state()).isEqualTo(TcpState.FIN_WAIT1);
    pass(100 * MS);
    if (!profile.tcp().has(TcpFeature.FIRST_SEND_IS_FORCED)) {
      assertThat(count(TcpCounter.RCVQ_DROPPED)).isPositive();
      tree.setLimit(web, CounterKind.TCP, profile.era().limitOfBytes(1 << 20));
      pass(SECOND);
    }
    assertThat(client.state()).isEqualTo(TcpState.FIN_WAIT2);
    assertThat(server.state()).isEqualTo(TcpState.CLOSE_WAIT);
    assertThat(server.receiver().read(1)).isZero();
    assertThat(server.isAtEnd()).isTrue();
    server.close();
    pass(100 * MS);
    assertThat(client.state()).isEqualTo(TcpState.TIME_WAIT);
    nothingIsLeft();
  }

  /** A FIN in a queue of its own is charged until the reader has seen the end. */
  @Test
  void aFinThatNobodyHasReadIsCharged() throws Exception {
    connect(LINUX_6_18, 0);
    client.close();
    pass(100 * MS);
    assertThat(server.receiveQueue()).isEqualTo(1);
    assertThat(usage()).isEqualTo(4096);
    server.receiver().read(1);
    assertThat(usage()).isZero();
    link.close();
    nothingIsLeft();
  }

  @Test
  void tearingDownInTimeWaitCountsNothingMore() throws Exception {
    connect(LINUX_6_18, 0);
    client.close();
    server.receiver().read(1);
    server.close();
    pass(100 * MS);
    assertThat(tree.machine().timeWaits()).isEqualTo(1);
    link.close();
    assertThat(tree.machine().timeWaits()).isZero();
    nothingIsLeft();
  }
}
