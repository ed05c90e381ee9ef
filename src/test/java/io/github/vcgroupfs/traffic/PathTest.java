package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flows on paths that lose, delay and reorder packets, and flows that set options. */
class PathTest {
  private static final long MS = 1_000_000;
  private static final long MB = 1 << 20;

  private final AtomicLong broken = new AtomicLong();

  static List<KernelProfile> profiles() {
    return Profiles.all();
  }

  /** What is left of a run: the group, and what its flows moved. */
  private record Seen(MemoryTree tree, MemCgroup web, FlowTable flows) {
    long received() {
      return flows.receivedBytes();
    }

    long usage() {
      return tree.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
    }
  }

  private Seen run(KernelProfile profile, long ms, String commands) throws Exception {
    EventQueue events = new EventQueue(0);
    MemoryTree tree =
        new MemoryTree(
            profile.relaxed(), Membership.NOBODY, events::nowNs, units -> broken.incrementAndGet());
    MemCgroup web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, profile.era().limitOfBytes(64 * MB));
    Network network = new Network(tree.tree(), events, 7);
    FlowTable flows = new FlowTable(network.connector(web));
    List<FlowCommand> parsed = FlowCommand.parse(commands);
    network.require(parsed);
    flows.plan(parsed, Caller.SELF.uid());
    flows.apply(parsed, Caller.SELF.uid());
    assertThat(events.runDue(ms * MS, 50_000_000)).isTrue();
    return new Seen(tree, web, flows);
  }

  private static KernelProfile newest() {
    return Profiles.byId("linux-6.18").orElseThrow();
  }

  private static KernelProfile cubic() {
    return Profiles.byId("linux-5.10").orElseThrow();
  }

  /** Whatever is lost or overtaken is sent again, and arrives once. */
  @ParameterizedTest
  @MethodSource("profiles")
  void everyByteArrivesThoughPacketsAreLostAndOvertaken(KernelProfile profile) throws Exception {
    Seen seen =
        run(profile, 120_000, "add f connections=3 bytes=4M rtt=10ms jitter=4ms loss=3% chunk=20K");
    assertThat(seen.received()).isEqualTo(12 * MB);
    assertThat(seen.flows.sentBytes()).isEqualTo(12 * MB);
    seen.flows.close();
    assertThat(seen.usage()).isZero();
    assertThat(broken).hasValue(0);
  }

  @Test
  void lossCostsThroughputAndMoreLossMore() throws Exception {
    long clean = run(cubic(), 10_000, "add f rtt=20ms").received();
    long some = run(cubic(), 10_000, "add f rtt=20ms loss=0.5%").received();
    long much = run(cubic(), 10_000, "add f rtt=20ms loss=5%").received();
    assertThat(some).isLessThan(clean / 2);
    assertThat(much).isLessThan(some / 2).isPositive();
  }

  /** Packets that overtake each other are not taken for lost, once that was seen. */
  @Test
  void jitterAloneCostsLittle() throws Exception {
    long steady = run(newest(), 10_000, "add f rtt=40ms send=20M/s").received();
    long early = run(newest(), 10_000, "add f rtt=40ms send=20M/s jitter=5ms").received();
    assertThat(early).isGreaterThan(steady * 9 / 10);
  }

  @Test
  void aPathThatLosesEverythingLetsNothingThrough() throws Exception {
    assertThat(run(newest(), 5_000, "add f loss=100%").received()).isZero();
  }

  /** What one connection draws does not depend on what others do. */
  @Test
  void theSameIsDrawnWhateverElseThereIs() throws Exception {
    String flow = "add f bytes=exp(1M) chunk=uniform(1K,64K) rtt=10ms loss=1%";
    Seen alone = run(newest(), 60_000, flow);
    Seen beside = run(newest(), 60_000, "add g connections=5 chunk=exp(4K) bytes=2M\n" + flow);
    long bytes = alone.flows.states().get(0).receivedBytes();
    assertThat(bytes).isPositive().isNotEqualTo(MB);
    assertThat(beside.flows.states().get(1).receivedBytes()).isEqualTo(bytes);
  }

  @Test
  void aFixedReceiveBufferBoundsWhatIsOnTheWay() throws Exception {
    long grown = run(newest(), 5_000, "add f rtt=50ms").received();
    long fixed = run(newest(), 5_000, "add f rtt=50ms rcvbuf=64K").received();
    assertThat(fixed).isBetween(100 * (64L << 10) / 2, 100 * (128L << 10)).isLessThan(grown / 4);
  }

  /** Idle connections whose reader never reads: full buffers, then nothing happens. */
  @Test
  void idleConnectionsKeepTheirBuffersFull() throws Exception {
    Seen seen =
        run(newest(), 3_000, "add idle connections=20 bytes=64K read=0 sndbuf=64K rcvbuf=64K");
    assertThat(seen.flows.sentBytes()).isEqualTo(20 * (64L << 10));
    assertThat(seen.usage()).isBetween(20 * (64L << 10), 20 * (192L << 10));
  }

  @Test
  void aReserveIsSeenInTheGroup() throws Exception {
    Seen seen = run(newest(), 100, "add f connections=2 send=0 reserve=100K");
    assertThat(seen.usage()).isEqualTo(4 * (100L << 10));
  }

  @Test
  void anOptionThatAKernelDoesNotKnowIsRefused() {
    Assertions.assertThatThrownBy(() -> run(cubic(), 1, "add f reserve=4K"))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).isEqualTo(Errno.ENOPROTOOPT);
              assertThat(refusal.why()).contains("5.17").contains(": ");
            });
  }
}
