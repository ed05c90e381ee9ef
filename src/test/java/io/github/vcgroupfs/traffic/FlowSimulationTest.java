package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows on virtual time: a second of traffic takes as long as its events do. */
class FlowSimulationTest {
  private static final long MS = 1_000_000;

  private final AtomicLong broken = new AtomicLong();
  private final EventQueue events = new EventQueue(0);
  private MemoryTree tree;
  private MemCgroup web;
  private FlowTable flows;

  @BeforeEach
  void makeGroup() throws Exception {
    tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(),
            Membership.NOBODY,
            events::nowNs,
            units -> broken.incrementAndGet());
    web = tree.mkdir(tree.root(), "web");
    flows = table(web);
  }

  @AfterEach
  void nothingIsLeft() {
    flows.close();
    assertThat(tree.usage(web, CounterKind.TCP)).isZero();
    assertThat(tree.usage(web, CounterKind.KMEM)).isZero();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(broken).hasValue(0);
  }

  private FlowTable table(MemCgroup group) {
    return new FlowTable(new Network(tree.tree(), events, 7).connector(group));
  }

  private void write(String text) throws ErrnoException {
    var commands = FlowCommand.parse(text);
    flows.plan(commands, Caller.SELF.uid());
    flows.apply(commands, Caller.SELF.uid());
  }

  private void run(long ms) {
    assertThat(events.runDue(events.nowNs() + ms * MS, 50_000_000)).isTrue();
  }

  private long usage() {
    return tree.usage(web, CounterKind.TCP);
  }

  private long count(TcpCounter counter) {
    return web.tcp().stats().get(counter);
  }

  @Test
  void usageStopsNearTheLimitAndGoesOnWhenItIsRaised() throws Exception {
    tree.setLimit(web, CounterKind.TCP, 256 << 10);
    write("add f connections=8 chunk=16K send=max read=0");
    run(2000);
    long stopped = usage();
    assertThat(stopped).isBetween(200_000L, 450_000L);
    assertThat(web.tcp().counter().failcnt()).isPositive();
    assertThat(count(TcpCounter.SEND_REFUSED)).isPositive();
    assertThat(count(TcpCounter.RCVQ_DROPPED)).isPositive();
    assertThat(web.tcp().underPressure()).isTrue();

    tree.setLimit(web, CounterKind.TCP, 64 << 20);
    run(4000); // the next retransmission finds room
    assertThat(usage()).isGreaterThan(4 * stopped);
    assertThat(web.tcp().underPressure()).isFalse();

    write("remove f");
    assertThat(usage()).isZero();
  }

  @Test
  void aGroupAtItsLimitDoesNotSlowItsNeighbour() throws Exception {
    MemCgroup other = tree.mkdir(tree.root(), "other");
    tree.setLimit(web, CounterKind.TCP, 64 << 10);
    write("add f connections=8 send=max read=0");
    FlowTable neighbours = table(other);
    var commands = FlowCommand.parse("add g send=1M/s read=max");
    neighbours.plan(commands, Caller.SELF.uid());
    neighbours.apply(commands, Caller.SELF.uid());
    run(3000);
    assertThat(web.tcp().underPressure()).isTrue();
    assertThat(other.tcp().underPressure()).isFalse();
    assertThat(neighbours.text()).containsPattern("g .* (29|30|31)\\d{5}\\b.* (29|30|31)\\d{5}\\b");
    neighbours.close();
  }

  @Test
  void ratesHold() throws Exception {
    tree.setLimit(web, CounterKind.TCP, 64 << 20);
    write("add f chunk=1000 send=100000 read=max");
    run(10_000);
    String row = flows.text().lines().skip(1).findFirst().orElseThrow();
    String[] columns = row.trim().split(" +", -1);
    assertThat(Long.parseLong(columns[5])).isBetween(990_000L, 1_010_000L);
    assertThat(Long.parseLong(columns[6])).isEqualTo(Long.parseLong(columns[5]));
  }

  /**
   * The sender waits for room for a whole segment of 16 KiB. Only its probe, after 200 ms, fills
   * what is left of the window ({@code net/ipv4/tcp_output.c tcp_write_wakeup}). A reader that
   * takes a segment in less time never shows a window of zero.
   */
  @ParameterizedTest
  @CsvSource({"100, false", "60, true"})
  void aSlowReaderIsWhatAFastSenderWaitsFor(int kibPerSecond, boolean windowCloses)
      throws Exception {
    tree.setLimit(web, CounterKind.TCP, 64 << 20);
    write("add f send=max read=%dK/s".formatted(kibPerSecond));
    run(2000);
    write("set f read=%dK/s".formatted(kibPerSecond));
    String[] before = flows.text().lines().skip(1).findFirst().orElseThrow().trim().split(" +", -1);
    run(10_000);
    String[] after = flows.text().lines().skip(1).findFirst().orElseThrow().trim().split(" +", -1);
    assertThat(Long.parseLong(after[6]) - Long.parseLong(before[6]))
        .isBetween(kibPerSecond * 10_000L, kibPerSecond * 10_500L);
    assertThat(count(TcpCounter.ZERO_WINDOW) > 0).isEqualTo(windowCloses);
  }

  @Test
  void aGroupOverItsLimitDrainsWhenSomebodyReads() throws Exception {
    tree.setLimit(web, CounterKind.TCP, 256 << 10);
    write("add f connections=8 chunk=16K send=max read=0");
    run(2000);
    long stopped = usage();
    assertThat(stopped).isGreaterThan(256 << 10);
    write("set f send=0 read=max");
    run(5000); // the next retransmission
    assertThat(usage()).isLessThan(stopped);
    for (Flow flow : flows.flows()) { // what is left is forward alloc, as 3.x keeps it
      for (Connection connection : flow.connections()) {
        assertThat(connection.sessions().get(0).client().sk().wmemQueued()).isZero();
        assertThat(connection.sessions().get(0).server().sk().rmemAlloc()).isZero();
      }
    }
    String[] row = flows.text().lines().skip(1).findFirst().orElseThrow().trim().split(" +", -1);
    assertThat(row[6]).as("received").isEqualTo(row[5]);
  }

  @Test
  void nothingMovesAtRateZero() throws Exception {
    write("add f send=0 read=0");
    run(1000);
    assertThat(flows.text()).contains(" 0 ");
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(events.nextNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void connectionsComeAndGoWithSet() throws Exception {
    write("add f connections=2 send=0");
    assertThat(tree.machine().socketsAllocated()).isEqualTo(4);
    write("set f connections=5");
    assertThat(tree.machine().socketsAllocated()).isEqualTo(10);
    write("set f connections=1");
    assertThat(tree.machine().socketsAllocated()).isEqualTo(2);
  }

  @Test
  void severalLinesApplyAllOrNone() throws Exception {
    assertThatThrownBy(() -> write("add a\nadd b\nremove c"))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT));
    assertThat(flows.text()).isEmpty();
    write("add a send=0\nadd b send=0\nremove a");
    assertThat(flows.text()).contains("\nb ").doesNotContain("\na ");
    assertThatThrownBy(() -> write("add b"))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EEXIST));
  }

  @Test
  void theSameSeedGivesTheSameNumbers() throws Exception {
    tree.setLimit(web, CounterKind.TCP, 100_000);
    write("add f connections=3 chunk=700 send=max read=0");
    run(5000);
    long first = usage();
    String text = flows.text();
    write("remove f");
    flows = table(web);
    write("add f connections=3 chunk=700 send=max read=0");
    run(5000);
    assertThat(usage()).isEqualTo(first);
    assertThat(flows.text()).isEqualTo(text);
  }
}
