package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.ModelInvariants;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a program can set on its sockets. The numbers are what a 6.18 kernel answered, with one
 * connection on loopback whose ends are polled for 0.3 seconds.
 */
class SocketOptionsTest {
  private static final long MS = 1_000_000;
  private static final int AUTO = SocketOptions.UNSET;

  private final EventQueue events = new EventQueue(0);
  private final AtomicLong broken = new AtomicLong();
  private final PageFrag frag = new PageFrag();
  private MemoryTree tree;
  private MemCgroup group;
  private Sock from;
  private Sock to;
  private TcpLink link;

  private static KernelProfile profile(String id) {
    return Profiles.byId(id).orElseThrow();
  }

  private void connect(KernelProfile profile, long limit, SocketOptions options) throws Exception {
    tree =
        new MemoryTree(
            profile, Membership.NOBODY, events::nowNs, units -> broken.incrementAndGet());
    group = tree.mkdir(tree.root(), "web");
    tree.setLimit(group, CounterKind.TCP, profile.era().limitOfBytes(limit));
    SockMemory memory = SockMemory.of(group.globals());
    from = memory.open(group);
    to = memory.open(group);
    options.applyTo(from);
    options.applyTo(to);
    link = Polled.connect(memory, new NetworkPath(events, 0), from, to, 0);
    link.sender().configure(options);
  }

  private void connect(SocketOptions options) throws Exception {
    connect(profile("linux-6.18"), 64 << 20, options);
  }

  @AfterEach
  void nothingIsLeft() {
    link.close();
    assertThat(usage()).isZero();
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(broken).hasValue(0);
    ModelInvariants.check(tree);
  }

  private long usage() {
    return tree.profile().era().toBytes(tree.usage(group, CounterKind.TCP));
  }

  /** Sends chunks until 0.3 seconds are over. */
  private long fill(int chunk) {
    long sent = 0;
    long untilNs = events.nowNs() + 300 * MS;
    while (events.nowNs() < untilNs) {
      int taken = link.sender().send(chunk, frag);
      sent += taken;
      pass(taken == 0 ? MS : 2_600 + taken / 3);
    }
    return sent;
  }

  private long drain() {
    long read = 0;
    int taken = link.receiver().read(1 << 20);
    while (taken > 0) {
      read += taken;
      pass(2_600 + taken / 3);
      taken = link.receiver().read(1 << 20);
    }
    return read;
  }

  private void pass(long ns) {
    assertThat(events.runDue(events.nowNs() + ns, 1_000_000)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -1, 4265984, 4333568",
    "1, 1, 5184, 12288",
    "4096, -1, 2990080, 4206592",
    "16384, -1, 3842048, 4231168",
    "65536, -1, 4301691, 4370432",
    "262144, -1, 4665783, 4722688",
    "8388608, -1, 12491505, 12582912",
    "-1, 1, 168960, 176128",
    "-1, 65536, 287744, 294912",
    "-1, 1048576, 2203648, 2240512",
    "65536, 65536, 286570, 290816"
  })
  void buffersOfThatSizeHoldWhatTheKernelHasInThem(int rcvbuf, int sndbuf, long sent, long usage)
      throws Exception {
    connect(SocketOptions.DEFAULT.withRcvbuf(rcvbuf).withSndbuf(sndbuf));
    assertThat(fill(16_384)).isCloseTo(sent, Percentage.withPercentage(2.5));
    assertThat(usage()).isCloseTo(usage, Percentage.withPercentage(2.5));
  }

  @ParameterizedTest
  @CsvSource({"0, 2304, 4608", "1, 2304, 4608", "4096, 8192, 8192", "9999999, 8388608, 8388608"})
  void sizesAreDoubledWithinBounds(int asked, int rcvbuf, int sndbuf) throws Exception {
    connect(SocketOptions.DEFAULT.withRcvbuf(asked).withSndbuf(asked));
    assertThat(from.sndbuf()).isEqualTo(sndbuf);
    assertThat(to.rcvbuf()).isEqualTo(rcvbuf);
  }

  @Test
  void oldKernelsTakeSmallerOnes() throws Exception {
    connect(profile("linux-3.3"), 64 << 20, SocketOptions.DEFAULT.withRcvbuf(1).withSndbuf(1));
    assertThat(to.rcvbuf()).isEqualTo(256);
    assertThat(from.sndbuf()).isEqualTo(2048);
  }

  @Test
  void aBufferThatWasSetDoesNotGrow() throws Exception {
    connect(SocketOptions.DEFAULT.withRcvbuf(65_536));
    for (int i = 0; i < 3; i++) {
      fill(16_384);
      drain();
    }
    assertThat(to.rcvbuf()).isEqualTo(131_072);
    link.close();
    connect(SocketOptions.DEFAULT.withRcvbuf(AUTO));
    for (int i = 0; i < 3; i++) {
      fill(16_384);
      drain();
    }
    assertThat(to.rcvbuf()).isGreaterThan(2_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16384, 179200",
    "16384, 16384, 179200",
    "16384, 1000, 164592",
    "100000, 16384, 287744",
    "100000, 200000, 270821"
  })
  void whatIsUnsentIsBounded(int lowat, int chunk, long sent) throws Exception {
    connect(SocketOptions.DEFAULT.withNotsentLowat(lowat));
    assertThat(fill(chunk)).isEqualTo(sent);
  }

  /** As seen with FIONREAD: the second small segment waits until the first is acknowledged. */
  @ParameterizedTest
  @CsvSource({"false, 100", "true, 200"})
  void withNodelayASmallSegmentDoesNotWait(boolean nodelay, long unread) throws Exception {
    connect(SocketOptions.DEFAULT.withNodelay(nodelay));
    for (int i = 0; i < 60; i++) {
      link.sender().send(100, frag);
      pass(MS);
      assertThat(link.receiver().read(1000)).isEqualTo(100);
    }
    link.sender().send(100, frag);
    pass(MS / 20); // a system call later
    link.sender().send(100, frag);
    pass(MS / 20);
    assertThat(link.receiver().unreadBytes()).isEqualTo(unread);
    pass(100 * MS);
    assertThat(link.receiver().unreadBytes()).isEqualTo(200);
  }

  @Test
  void aReserveIsChargedAtOnceAndKept() throws Exception {
    connect(SocketOptions.DEFAULT);
    assertThat(from.reserve(100_000)).isTrue();
    assertThat(to.reserve(1)).isTrue();
    assertThat(usage()).isEqualTo(102_400 + 4096);
    assertThat(fill(16_384)).as("it is a part of what the buffers get").isEqualTo(4_265_984);
    assertThat(usage()).isEqualTo(4_333_568);
    drain();
    pass(300 * MS);
    drain();
    pass(300 * MS);
    assertThat(usage()).isEqualTo(102_400 + 4096);
    from.reserve(0);
    assertThat(usage()).isEqualTo(4096);
  }

  @ParameterizedTest
  @CsvSource({"100000, 262144, 16384, 287744, 294912", "1048576, 2500000, 1000, 1491696, 2445312"})
  void withReservesAtTheLimit(int reserve, long limit, int chunk, long sent, long usage)
      throws Exception {
    connect(profile("linux-6.18"), limit, SocketOptions.DEFAULT);
    assertThat(from.reserve(reserve)).isTrue();
    assertThat(to.reserve(reserve)).isTrue();
    assertThat(fill(chunk)).isEqualTo(sent);
    assertThat(usage()).isEqualTo(usage);
  }

  @Test
  void thereIsNoReserveAboveTheLimit() throws Exception {
    connect(profile("linux-6.18"), 150_000, SocketOptions.DEFAULT);
    assertThat(from.reserve(100_000)).isTrue();
    assertThat(to.reserve(100_000)).isFalse();
    assertThat(usage()).isEqualTo(102_400);
    assertThat(fill(16_384)).isEqualTo(147_456);
    assertThat(usage()).isEqualTo(155_648);
  }
}
