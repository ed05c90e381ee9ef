package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What programs do at a connection: answer, close, reset, connect anew. */
class ConnectionLifeTest {
  private static final KernelProfile LINUX_6_18 = Profiles.byId("linux-6.18").orElseThrow();
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
            LINUX_6_18.relaxed(),
            Membership.NOBODY,
            events::nowNs,
            units -> broken.incrementAndGet());
    web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, 64 << 20);
    flows = new FlowTable(new Network(tree.tree(), events, 7).connector(web));
  }

  @AfterEach
  void nothingIsLeft() {
    flows.close();
    assertThat(tree.usage(web, CounterKind.TCP)).isZero();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(tree.machine().orphans()).isZero();
    assertThat(tree.machine().timeWaits()).isZero();
    assertThat(broken).hasValue(0);
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
    return web.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  private long opened() {
    return web.tcp().stats().get(TcpCounter.OPENED);
  }

  private String sockets() {
    SocketList list = new SocketList(web);
    flows.list(list);
    return list.toString();
  }

  @Test
  void eachRequestIsAnsweredOnce() throws Exception {
    write("add f request=200 response=4000 think=10ms serve=5ms requests=20");
    run(15 * 10);
    assertThat(flows.sentBytes()).isBetween(9L * 4_200, 11L * 4_200);
    run(1_000);
    assertThat(flows.sentBytes()).isEqualTo(20 * 4_200);
    assertThat(flows.receivedBytes()).isEqualTo(20 * 4_200);
    assertThat(sockets()).contains("ESTAB 0 0 f/0:send f/0:receive");
    write("set f requests=3");
    run(1_000);
    assertThat(flows.receivedBytes()).isEqualTo(23 * 4_200);
  }

  @Test
  void aResponseLargerThanAllBuffersComesWhole() throws Exception {
    tree.setLimit(web, CounterKind.TCP, 256 << 10);
    write("add f connections=4 request=100K response=20M requests=2 rtt=4ms");
    run(60_000);
    assertThat(flows.receivedBytes()).isEqualTo(4 * 2 * ((100L << 10) + (20L << 20)));
  }

  @Test
  void requestsMayComeAtARate() throws Exception {
    write("add f request=1000 response=10 send=100000/s");
    run(2_000);
    assertThat(flows.sentBytes() / 1_010).isBetween(195L, 205L);
  }

  @Test
  void bothEndsSendEachAtItsRate() throws Exception {
    write("add f send=1M/s back=3M/s back_chunk=1000 rtt=10ms");
    run(5_000);
    assertThat(flows.sentBytes()).isBetween(19L << 20, 21L << 20);
    assertThat(flows.receivedBytes()).isBetween(19L << 20, 21L << 20);
    assertThat(sockets()).contains(" back_window:");
    write("set f back=0");
    run(1_000);
    long before = flows.sentBytes();
    run(1_000);
    assertThat(flows.sentBytes() - before).isBetween(900L << 10, 1_100L << 10);
  }

  @Test
  void closingLeavesTimeWaitForAMinute() throws Exception {
    write("add f connections=3 bytes=100K then=close");
    run(1_000);
    assertThat(flows.receivedBytes()).isEqualTo(300 << 10);
    assertThat(sockets())
        .isEqualTo(
            """
            TIME-WAIT 0 0 f/0:send f/0:receive simulated
            TIME-WAIT 0 0 f/1:send f/1:receive simulated
            TIME-WAIT 0 0 f/2:send f/2:receive simulated
            """);
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(web.tcp().timeWaits()).isEqualTo(3);
    run(61_000);
    assertThat(sockets()).isEmpty();
    assertThat(web.tcp().timeWaits()).isZero();
    write("set f bytes=100K");
    run(1_000);
    assertThat(flows.receivedBytes()).as("it connects again").isEqualTo(600 << 10);
  }

  @Test
  void aReaderThatDoesNotReadNeverSeesTheEnd() throws Exception {
    write("add f bytes=2M read=0 then=close");
    run(5_000);
    assertThat(sockets()).containsPattern("FIN-WAIT-1 0 [0-9]+ f/0:send");
    assertThat(web.tcp().orphans()).isEqualTo(1);
    assertThat(usage()).isGreaterThan(2 << 20);
    write("set f read=max");
    run(5_000);
    assertThat(flows.receivedBytes()).isEqualTo(2 << 20);
    assertThat(usage()).isZero();
    assertThat(web.tcp().orphans()).isZero();
  }

  @Test
  void aResetThrowsAwayWhatIsUnsent() throws Exception {
    write("add f bytes=2M read=0 then=reset");
    run(2_000);
    assertThat(usage()).isPositive().isLessThan(300 << 10);
    assertThat(sockets())
        .containsPattern("^UNCONN [0-9]+ 0 f/0:receive")
        .doesNotContain("f/0:send f");
    write("set f read=max");
    run(100);
    assertThat(usage()).isZero();
    assertThat(sockets()).isEmpty();
  }

  @Test
  void churnOpensAConnectionEachPause() throws Exception {
    write("add f connections=2 bytes=10K then=reopen pause=20ms");
    run(2_000);
    assertThat(opened()).isBetween(190L, 202L);
    assertThat(web.tcp().timeWaits()).isBetween(188L, 202L);
    assertThat(tree.machine().socketsAllocated()).isLessThan(6);
    assertThat(sockets()).contains("TIME-WAIT 0 0 f/0.7:send f/0.7:receive simulated");
    run(120_000);
    assertThat(web.tcp().timeWaits()).as("of the last minute").isBetween(5_900L, 6_010L);
  }

  /** The pages of a connection without keep-alive: one request each. */
  @Test
  void aRequestAConnection() throws Exception {
    write("add f request=300 response=20K requests=1 then=reopen pause=10ms rtt=30ms");
    run(7_000);
    assertThat(opened()).isBetween(90L, 101L);
    assertThat(flows.receivedBytes() / (300 + (20 << 10))).isBetween(opened() - 2, opened());
  }

  @Test
  void aHandshakeTakesARoundTrip() throws Exception {
    write("add f send=0 rtt=100ms");
    assertThat(sockets()).startsWith("SYN-SENT 0 0 f/0:send f/0:receive");
    assertThat(usage()).isEqualTo(4096);
    run(99);
    assertThat(tree.machine().socketsAllocated()).isEqualTo(1);
    run(2);
    assertThat(usage()).isZero();
    assertThat(sockets().lines()).hasSize(2).allMatch(line -> line.startsWith("ESTAB 0 0"));
  }

  /** Whoever closes while the other end still sends has unread data, or gets some. */
  @Test
  void whoClosesWhileTheOtherEndSendsResets() throws Exception {
    write("add f bytes=200K back=10M/s then=close rtt=10ms");
    run(3_000);
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(web.tcp().timeWaits()).isZero();
    assertThat(usage()).isZero();
  }

  @Test
  void removingAFlowEndsOrphansAndPauses() throws Exception {
    write("add f bytes=2M read=0 then=close\nadd g bytes=1K then=reopen pause=5ms");
    run(1_000);
    write("remove f\nremove g");
    assertThat(usage()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    long before = opened();
    run(1_000);
    assertThat(opened()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add f request=100",
        "add f response=100",
        "add f request=1 response=1 back=1M",
        "add f then=never",
        "add f requests=0",
        "add f think=4000s",
        "add f request=0 response=1",
        "add f back_chunk=17M",
      })
  void whatDoesNotGoTogetherIsRefused(String text) {
    assertThatThrownBy(() -> write(text))
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("EINVAL")
        .hasMessageContaining("write");
    assertThat(flows.isEmpty()).isTrue();
  }

  @Test
  void theFileShowsWhatWasSet() throws Exception {
    write("add f request=exp(1K) response=20K think=5ms requests=7 then=reopen pause=1s");
    assertThat(flows.text())
        .contains("request=exp(1K);response=20480;think=5ms;requests=7;then=reopen;pause=1000ms");
  }
}
