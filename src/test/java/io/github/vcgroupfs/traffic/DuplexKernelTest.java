package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a kernel of linux-6.18 answered when both ends of a connection on loopback sent. A small
 * program played the same there, in a scratch group, twice with the same numbers.
 */
class DuplexKernelTest {
  private static final KernelProfile KERNEL = Profiles.byId("linux-6.18").orElseThrow();
  private static final long MS = 1_000_000;
  private static final int ALWAYS = Integer.MAX_VALUE;

  private final EventQueue events = new EventQueue(0);
  private MemoryTree tree;
  private MemCgroup web;
  private Network network;

  @BeforeEach
  void makeGroup() throws Exception {
    tree = new MemoryTree(KERNEL, Membership.NOBODY, events::nowNs, units -> {});
    web = tree.mkdir(tree.root(), "web");
    network = new Network(tree.tree(), events, 7);
  }

  private void limit(long bytes) throws Exception {
    tree.setLimit(web, CounterKind.TCP, KERNEL.era().limitOfBytes(bytes));
  }

  private long usage() {
    return KERNEL.era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  private void pass(long ns) {
    events.runDue(events.nowNs() + ns, ALWAYS);
  }

  /** Both ends write, in turn, until they would block; nobody reads. Then both read all. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a hundred KiB each, 1073741824, 102400, 102400, 16384, 102400, 102400, 212992, 225280",
    "all they can, 1073741824, 99999999, 99999999, 16384, 4293632, 4293632, 8720384, 8736768",
    "limit of 1 MiB, 1048576, 99999999, 99999999, 16384, 548864, 548864, 1114112, 1130496",
    "limit of 256 KiB, 262144, 99999999, 99999999, 16384, 182272, 182272, 376832, 376832",
    "much against little, 262144, 99999999, 51200, 4000, 204448, 51200, 266240, 274432",
  })
  void fillsOfBothEnds(
      String name,
      long limit,
      long there,
      long back,
      int chunk,
      long sentThere,
      long sentBack,
      long usage,
      long maxUsage)
      throws Exception {
    limit(limit);
    TcpLink link = network.connect(web, web, 0);
    TcpEnd[] ends = {link.client(), link.server()};
    PageFrag frag = new PageFrag();
    long[] left = {there, back};
    while (events.nowNs() < 1_000 * MS) {
      boolean progress = false;
      for (int i = 0; i < 2; i++) {
        int taken = left[i] == 0 ? 0 : ends[i].sender().send((int) Math.min(chunk, left[i]), frag);
        left[i] -= taken;
        progress |= taken > 0;
        pass(2_600 + (long) (taken * 0.3));
      }
      pass(progress ? 0 : 560_000);
    }
    assertThat(there - left[0]).as("sent").isCloseTo(sentThere, within(sentThere / 40));
    assertThat(back - left[1]).as("sent back").isCloseTo(sentBack, within(sentBack / 40));
    assertThat(usage()).isCloseTo(usage, within(usage / 40));
    assertThat(KERNEL.era().toBytes(web.tcp().counter().watermark()))
        .isCloseTo(maxUsage, within(maxUsage / 40));

    long[] received = new long[2];
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 2; i++) {
        int taken = ends[i].receiver().read(1 << 20);
        while (taken > 0) {
          received[i] += taken;
          taken = ends[i].receiver().read(1 << 20);
        }
      }
      pass(50 * MS);
    }
    assertThat(received).containsExactly(back - left[1], there - left[0]);
    assertThat(usage()).isZero();
    link.close();
  }

  /**
   * The usage while the server works, and in the middle of a sender's pause: a small response is
   * acknowledged by the next request, unless that comes late.
   */
  @ParameterizedTest(name = "request={0} response={1} think={2}ms serve={3}ms")
  @CsvSource({
    "200, 4000, 10, 1, 4096, 8192, 16384",
    "200, 4000, 10, 20, 4096, 8192, 16384",
    "200, 4000, 100, 1, 4096, 0, 16384",
    "200, 4000, 100, 100, 0, 0, 16384",
    "20000, 200, 10, 10, 24576, 4096, 49152",
    "200, 100000, 10, 1, 4096, 0, 204800",
  })
  void requestsAndResponses(
      int request, int response, int thinkMs, int serveMs, long served, long paused, long most)
      throws Exception {
    limit(1 << 30);
    FlowTable flows = new FlowTable(network.connector(web));
    var commands =
        FlowCommand.parse(
            "add f request=%d response=%d think=%dms serve=%dms"
                .formatted(request, response, thinkMs, serveMs));
    flows.apply(commands, Caller.SELF.uid());
    pass(10L * (thinkMs + serveMs) * MS);
    long before = flows.sentBytes();
    while (flows.sentBytes() - before < request) {
      pass(MS / 20);
      if (flows.sentBytes() - before > request) {
        before = flows.sentBytes();
      }
    }
    pass(serveMs * MS / 2);
    assertThat(usage()).as("while the server works").isEqualTo(served);
    pass((serveMs + thinkMs) * MS / 2);
    assertThat(usage()).as("while the sender thinks").isEqualTo(paused);
    assertThat(KERNEL.era().toBytes(web.tcp().counter().watermark())).isEqualTo(most);
    flows.close();
  }
}
