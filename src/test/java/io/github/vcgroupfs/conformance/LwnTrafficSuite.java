package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How we read the article, as far as it needs sockets: a test for each sentence, named after its
 * ruling. See rulings.md, how we read the article. The sockets are simulated connections, ordered
 * through {@code sim.tcp.flows}; every wait is bounded.
 */
@Timeout(60)
abstract class LwnTrafficSuite extends MountedSuite {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FLAG = "memory.independent_kmem_limit";
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String KMEM_LIMIT = "memory.kmem.limit_in_bytes";
  private static final String KMEM_USAGE = "memory.kmem.usage_in_bytes";
  private static final String TCP_LIMIT = "kmem.tcp.limit_in_bytes";
  private static final String TCP_USAGE = "kmem.tcp.usage_in_bytes";
  private static final String TCP_FAILCNT = "kmem.tcp.failcnt";
  private static final String FLOWS = "sim.tcp.flows";
  private static final String FILL = "add f connections=8 chunk=16K send=max read=0";

  // --- rulings.md, injected usage -------------------------------------------------------------

  @Test
  @DisplayName(
      "injected usage: a write to memory.kmem.usage_in_bytes below the live socket memory"
          + " → EBUSY;")
  void injectedUsage_belowTheLiveSocketMemoryIsBusy() throws Exception {
    Cgroup web = limited(root(), "web", "4M");
    long sockets = stopped(web, "add f connections=2 chunk=64K send=max read=0");
    assertThat(web).write(KMEM_USAGE, "0").failsWith(EBUSY);
    assertThat(web).write(KMEM_USAGE, Long.toString(sockets - 4096)).failsWith(EBUSY);
    assertThat(web).hasKmemUsage(sockets);
    // the injected part is value − sockets
    assertThat(web).write(KMEM_USAGE, Long.toString(sockets + 8192)).succeeds();
    assertThat(web).hasKmemUsage(sockets + 8192).reads(TCP_USAGE, sockets);
    assertThat(web).write(FLOWS, "remove f").succeeds();
    await("the sockets' part to go", () -> number(web, KMEM_USAGE) == 8192);
  }

  // --- rulings.md, sockets are kernel memory --------------------------------------------------

  @Test
  @DisplayName(
      "sockets are kernel memory: what a socket is charged counts in kmem.tcp.usage and"
          + " in memory.kmem.usage.")
  void socketsAreKernelMemory_whatASocketIsChargedCountsInBoth() throws Exception {
    Cgroup parent = root().createChild("parent");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    Cgroup web = limited(parent, "web", "4M");
    long sockets = stopped(web, "add f connections=2 chunk=64K send=max read=0");
    assertThat(web).hasKmemUsage(sockets).hasUsage(sockets);
    assertThat(web).reads("memory." + TCP_USAGE, sockets);
    assertThat(parent).reads(TCP_USAGE, sockets).hasKmemUsage(sockets).hasUsage(sockets);
    assertThat(web).write(FLAG, "1").failsWith(io.github.vcgroupfs.kernel.Errno.EINVAL);
    assertThat(web).write(FLOWS, "remove f").succeeds();
    await("usage to return to 0", () -> number(parent, TCP_USAGE) == 0);
    assertThat(web).hasKmemUsage(0).hasUsage(0);
    assertThat(parent).hasKmemUsage(0).hasUsage(0);
  }

  // --- rulings.md, independent limit ----------------------------------------------------------

  @Test
  @DisplayName(
      "independent limit: a socket charge that meets memory.limit_in_bytes (flag 0) is"
          + " refused like one that meets the TCP limit, counts in memory.failcnt, and is"
          + " pressure.")
  void independentLimit_aSocketChargeMeetsTheMemoryLimit() throws Exception {
    Cgroup web = limited(root(), "web", "64M");
    assertThat(web).write(LIMIT, "256K").succeeds();
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("memory.failcnt", () -> number(web, "memory.failcnt") > 0);
    await("refused sends", () -> stat(web, "send_refused") > 0);
    await("pressure", () -> stat(web, "pressure") == 1);
    assertThat(number(web, TCP_USAGE)).as("far from its TCP limit").isLessThan(1 << 20);
    assertThat(web).reads(TCP_FAILCNT, 0);
    // flag 1: kernel memory is not held against it any more, so the sockets go on
    assertThat(web).write(FLAG, "1").succeeds();
    await("usage beyond the memory limit", () -> number(web, TCP_USAGE) > 1 << 20);
    assertThat(web).hasUsage(0);
  }

  // --- rulings.md, socket pressure ------------------------------------------------------------

  @Test
  @DisplayName("socket pressure: memory pressure of a socket = … its group … over its TCP limit")
  void socketPressure_theGroupOverItsTcpLimit() throws Exception {
    Cgroup root = root();
    Cgroup web = limited(root, "web", "256K");
    Cgroup calm = limited(root, "calm", "256K");
    assertThat(stat(web, "pressure")).isZero();
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("pressure", () -> stat(web, "pressure") == 1);
    assertThat(stat(web, "pressure_entered")).isPositive();
    assertThat(number(web, TCP_FAILCNT)).isPositive();
    assertThat(stat(calm, "pressure")).as("of a neighbour").isZero();
    assertThat(stat(root, "pressure")).as("of the machine").isZero();
    await("time under pressure", () -> stat(web, "pressure_ms") > 0);
  }

  @Test
  @DisplayName(
      "socket pressure: memory pressure of a socket = global (net.ipv4.tcp_mem of the model)")
  void socketPressure_globalPressure() throws Exception {
    Cgroup root = root();
    Cgroup web = limited(root, "web", "64M");
    Cgroup free = root.createChild("free");
    assertThat(root).write("sim.tcp.mem", "8 16 64").succeeds();
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("global pressure", () -> stat(root, "pressure") == 1);
    assertThat(stat(web, "pressure")).isOne();
    assertThat(stat(free, "pressure")).as("of a group without sockets").isOne();
    assertThat(web).reads(TCP_FAILCNT, 0);
    assertThat(web).write(FLOWS, "remove f").succeeds();
    await("pressure to end", () -> stat(root, "pressure") == 0);
    assertThat(stat(web, "pressure")).isZero();
  }

  @Test
  @DisplayName(
      "socket pressure: memory pressure of a socket = … or an ancestor in a hierarchy,"
          + " over its TCP limit")
  void socketPressure_anAncestorOverItsTcpLimit() throws Exception {
    Cgroup root = root();
    Cgroup parent = root.createChild("parent");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    assertThat(parent).write(TCP_LIMIT, "256K").succeeds();
    Cgroup child = parent.createChild("child");
    Cgroup sibling = parent.createChild("sibling");
    assertThat(child).write(FLOWS, FILL).succeeds();
    await("pressure below the exhausted ancestor", () -> stat(child, "pressure") == 1);
    await("and of the ancestor itself", () -> stat(parent, "pressure") == 1);
    assertThat(stat(sibling, "pressure")).as("every socket below it").isOne();
    assertThat(number(parent, TCP_FAILCNT)).isPositive();
    assertThat(child).reads(TCP_FAILCNT, 0);
  }

  @Test
  @DisplayName("socket pressure: memory pressure of a socket = … or over an enforced kernel limit.")
  void socketPressure_anEnforcedKernelLimit() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(KMEM_LIMIT, "256K").succeeds(); // opens the second branch alone
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("pressure", () -> stat(web, "pressure") == 1);
    assertThat(number(web, KMEM_USAGE)).isBetween(128L << 10, 512L << 10);
    assertThat(web).reads(TCP_FAILCNT, 0).hasUsage(0);
    // this profile has no kmem.failcnt, so the kernel limit's refusals are seen in memory.failcnt
    assertThat(number(web, "memory.failcnt")).isPositive();
    assertThat(web).write(KMEM_LIMIT, "-1").succeeds();
    await("usage beyond the old limit", () -> number(web, KMEM_USAGE) > 1 << 20);
  }

  @Test
  @DisplayName(
      "socket pressure: effects: receive windows stop growing and are clamped, arriving"
          + " data is pruned and then dropped, send buffers do not expand and sends are"
          + " refused, until usage falls.")
  void socketPressure_effectsUntilUsageFalls() throws Exception {
    Cgroup web = limited(root(), "web", "256K");
    assertThat(web).write(FLOWS, FILL + "\nadd g connections=8 send=max read=0").succeeds();
    await("pruned", () -> stat(web, "pruned") > 0);
    await("dropped", () -> stat(web, "rcvq_dropped") > 0);
    await("refused", () -> stat(web, "send_refused") > 0);
    long stopped = settled("usage under pressure", () -> number(web, TCP_USAGE));
    assertThat(stopped).isLessThan(1 << 20);
    long sent = sent(web, "f");
    assertThat(settled("what f has sent", () -> sent(web, "f"))).isEqualTo(sent);
    // until usage falls: there is room again, and nobody who takes it
    assertThat(web).write(FLOWS, "set f send=0\nremove g").succeeds();
    await("usage to fall", () -> number(web, TCP_USAGE) < stopped);
    // windows, send buffers and usage grow again where there is room
    assertThat(web).write(TCP_LIMIT, "64M").succeeds();
    assertThat(web).write(FLOWS, "set f send=max").succeeds();
    await("usage far above where it stopped", () -> number(web, TCP_USAGE) > 4 * stopped);
    assertThat(sent(web, "f")).isGreaterThan(4 * sent);
    assertThat(stat(web, "pressure")).isZero();
  }

  // --- rulings.md, static branch --------------------------------------------------------------

  @Test
  @DisplayName(
      "static branch: a socket belongs to one group for life; sockets made while a branch"
          + " is off stay unaccounted, as in the patch.")
  void staticBranch_socketsMadeWhileTheBranchIsOffStayUnaccounted() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(FLOWS, "add early connections=4 send=max read=0").succeeds();
    await("unaccounted sockets", () -> stat(web, "sockets_unaccounted") == 8);
    await("their memory on the machine", () -> sent(web, "early") > 0);
    assertThat(web).reads(TCP_USAGE, 0).hasKmemUsage(0);
    assertThat(web).write(TCP_LIMIT, "64M").succeeds();
    assertThat(web).write(FLOWS, "set early read=max").succeeds();
    long before = sent(web, "early");
    await("more of the old sockets' data", () -> sent(web, "early") > before);
    assertThat(web).reads(TCP_USAGE, 0);
    assertThat(web).write(FLOWS, "add late connections=4 send=max read=0").succeeds();
    await("the new sockets' memory", () -> number(web, TCP_USAGE) > 0);
    assertThat(stat(web, "sockets_unaccounted")).isEqualTo(8);
    assertThat(web).write(FLOWS, "remove late").succeeds();
    assertThat(web).reads(TCP_USAGE, 0);
  }

  @Test
  @DisplayName(
      "static branch: at 0 users the branch is off for new sockets, bound ones go on"
          + " being uncharged.")
  void staticBranch_boundSocketsGoOnBeingUncharged() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = limited(root, "web", "4M");
    long sockets = stopped(web, "add bound connections=2 chunk=64K send=max read=0");
    assertThat(web).write(TCP_LIMIT, "-1").succeeds();
    assertThat(root).file("sim.static_branch").contains("tcp off users=0 flips=2");
    assertThat(web).reads(TCP_USAGE, sockets).hasKmemUsage(sockets);
    assertThat(web).write(FLOWS, "add free connections=2 send=max read=0").succeeds();
    await("the new sockets' data", () -> sent(web, "free") > 0);
    assertThat(stat(web, "sockets_unaccounted")).isEqualTo(4);
    assertThat(web).reads(TCP_USAGE, sockets);
    assertThat(web).write(FLOWS, "remove bound").succeeds();
    await("all to be uncharged", () -> number(web, TCP_USAGE) == 0);
    assertThat(web).hasKmemUsage(0);
  }

  @Test
  @DisplayName(
      "static branch: (rmdir of a limited group) its sockets return what they were charged.")
  void staticBranch_rmdirReturnsWhatWasCharged() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup parent = root.createChild("parent");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    Cgroup web = limited(parent, "web", "4M");
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("usage", () -> number(parent, TCP_USAGE) > 0);
    parent.rmdir("web");
    await("usage to return to 0", () -> number(parent, TCP_USAGE) == 0);
    assertThat(parent).hasKmemUsage(0).hasUsage(0);
    assertThat(root).file("sim.static_branch").contains("tcp off users=0 flips=2");
  }

  @Test
  @DisplayName(
      "static branch: --accounting always: sockets of groups without a limit are accounted.")
  void staticBranch_accountingAlwaysAccountsWithoutALimit() throws Exception {
    Cgroup web = mount(CgroupMount.Options.ALWAYS).root().createChild("web");
    assertThat(web).write(FLOWS, FILL).succeeds();
    await("usage", () -> number(web, TCP_USAGE) > 0);
    assertThat(stat(web, "sockets_unaccounted")).isZero();
  }

  // --- helpers -------------------------------------------------------------------------------

  private static Cgroup limited(Cgroup parent, String name, String limit) throws ErrnoException {
    Cgroup group = parent.createChild(name);
    assertThat(group).write(TCP_LIMIT, limit).succeeds();
    return group;
  }

  /** Fills buffers, stops the senders and waits until usage stands still above 0; returns it. */
  private static long stopped(Cgroup group, String flow) throws Exception {
    String name = flow.split(" ", -1)[1];
    assertThat(group).write(FLOWS, flow).succeeds();
    await("usage", () -> number(group, TCP_USAGE) > 64 << 10);
    assertThat(group).write(FLOWS, "set " + name + " send=0").succeeds();
    long usage = settled("usage", () -> number(group, TCP_USAGE));
    assertThat(usage).isPositive();
    return usage;
  }

  /**
   * A number that may be moving: one read(2). 3.x makes the text anew at each, so a second read may
   * add the tail of a longer number.
   */
  static long number(Cgroup group, String file) throws ErrnoException {
    try (Cgroup.OpenControlFile open = group.open(file)) {
      return Long.parseUnsignedLong(open.read(0, 64).strip());
    }
  }

  static long stat(Cgroup group, String key) throws ErrnoException {
    return group
        .read("sim.tcp.stat")
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("sim.tcp.stat has no line " + key));
  }

  private static long sent(Cgroup group, String flow) throws ErrnoException {
    List<String> lines = group.read(FLOWS).lines().toList();
    int column = List.of(lines.get(0).trim().split(" +", -1)).indexOf("sent");
    for (String line : lines) {
      String[] words = line.trim().split(" +", -1);
      if (words[0].equals(flow)) {
        return Long.parseLong(words[column]);
      }
    }
    throw new AssertionError("no flow " + flow);
  }

  /** Waits until a value stays the same for a while; returns it. */
  static long settled(String what, Value value) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long last = value.get();
    int same = 0;
    while (same < 20) {
      assertThat(System.nanoTime()).as("%s does not settle", what).isLessThan(deadline);
      Thread.sleep(20);
      long now = value.get();
      same = now == last ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  static void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited too long for %s", what).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  interface Value {
    long get() throws Exception;
  }
}
