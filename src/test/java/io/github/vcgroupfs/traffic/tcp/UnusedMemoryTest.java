package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a socket keeps what it has charged and does not use. */
class UnusedMemoryTest {
  private static final long MS = 1_000_000;

  private final EventQueue events = new EventQueue(0);
  private final NetworkPath path = new NetworkPath(events, 0);

  private MemCgroup group;

  private SockMemory memory(String kernel) throws Exception {
    MemoryTree tree =
        new MemoryTree(
            Profiles.byId(kernel).orElseThrow(), Membership.NOBODY, events::nowNs, units -> {});
    group = tree.mkdir(tree.root(), "web");
    tree.setLimit(group, CounterKind.TCP, tree.profile().era().limitOfBytes(1 << 20));
    return SockMemory.of(group.globals());
  }

  private long usedPages() {
    return group.tcp().memoryAllocated();
  }

  /** 5.10, asked: a client that has sent nothing holds a page. */
  @ParameterizedTest
  @CsvSource({"linux-5.10,1", "linux-6.1,0", "linux-6.18,0"})
  void thePageOfTheSynStays(String kernel, int pages) throws Exception {
    SockMemory memory = memory(kernel);
    Polled.connect(memory, path, memory.open(group), memory.open(group), 0);
    assertThat(usedPages()).isEqualTo(pages);
  }

  /** What a sender does not use any more goes when the timer of what it sent fires in vain. */
  @ParameterizedTest
  @CsvSource({"linux-5.10,true", "linux-6.1,false"})
  void aSenderGivesBackWhenItsTimerFires(String kernel, boolean keeps) throws Exception {
    SockMemory memory = memory(kernel);
    Sock from = memory.open(group);
    TcpLink link = Polled.connect(memory, path, from, memory.open(group), 0);
    link.sender().send(10_000, new PageFrag());
    link.receiver().read(10_000);
    assertThat(from.wmemQueued()).isZero();
    assertThat(from.forwardAlloc() >= Pages.SIZE_BYTES).isEqualTo(keeps);
    events.runDue(2_000 * MS, 100);
    assertThat(from.forwardAlloc()).isLessThan(Pages.SIZE_BYTES);
  }

  /** From 6.0 on nothing but a freed buffer gives unused memory back. */
  @ParameterizedTest
  @CsvSource({"linux-5.15,0", "linux-6.1,2"})
  void reclaimIsForKernelsThatKeepUnusedMemory(String kernel, int pagesLeft) throws Exception {
    Sock sk = memory(kernel).open(group);
    sk.forceSchedule(2 * Pages.SIZE_BYTES);
    sk.reclaim();
    assertThat(usedPages()).isEqualTo(pagesLeft);
    sk.close();
    assertThat(usedPages()).isZero();
  }
}
