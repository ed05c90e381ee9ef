package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertCall;
import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.E2BIG;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.ENODEV;
import static io.github.vcgroupfs.kernel.Errno.EOPNOTSUPP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The examples of kernel-facts.md, worked examples, each named after its number, on strict mounts;
 * those with sockets (4, 5, 11 to 14, 19, 20) on mounts that have {@code sim.tcp.flows}. Example 15
 * is in {@code LimitParserTest}, and 16 cannot be asked: FUSE never delivers a zero-length write.
 */
abstract class WorkedExamplesSuite extends MountedSuite {
  private static final String TCP_LIMIT = "memory.kmem.tcp.limit_in_bytes";
  private static final String KMEM_LIMIT = "memory.kmem.limit_in_bytes";

  private CgroupMount strict(String profile) {
    return mount(new CgroupMount.Options(profile, true, false));
  }

  private Cgroup child(String profile) throws Exception {
    return strict(profile).root().createChild("child");
  }

  @Test
  @DisplayName("example 1: 3.10 child, write 4097 to kmem.tcp.limit: reads 8192")
  void example1() throws Exception {
    Cgroup child = child("linux-3.10");
    assertThat(child).write(TCP_LIMIT, "4097").succeeds();
    assertThat(child).reads(TCP_LIMIT, 8192);
  }

  @Test
  @DisplayName("example 2: 6.18 child, write 4097: reads 4096")
  void example2() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(TCP_LIMIT, "4097").succeeds();
    assertThat(child).reads(TCP_LIMIT, 4096);
  }

  @Test
  @DisplayName("example 3: 4.4 root, read kmem.tcp.limit: 2251799813685247")
  void example3() throws Exception {
    assertThat(strict("linux-4.4").root()).reads(TCP_LIMIT, 2251799813685247L);
  }

  @Test
  @DisplayName(
      "example 6: 3.10, write 0 to kmem.limit of an empty group; then mkdir a child;"
          + " write -1: the first succeeds (activates), -1 later is a plain limit change")
  void example6() throws Exception {
    Cgroup group = child("linux-3.10");
    assertThat(group).write(KMEM_LIMIT, "0").succeeds();
    group.createChild("below");
    assertThat(group).write(KMEM_LIMIT, "-1").succeeds();
    assertThat(group).reads(KMEM_LIMIT, Long.MAX_VALUE);
  }

  @Test
  @DisplayName("example 7: 3.10, inactive kmem, group with one task, write 1G: EBUSY")
  void example7() throws Exception {
    CgroupMount mount = strict("linux-3.10");
    Cgroup group = mount.root().createChild("group");
    int pid = mount.startProcess();
    assertThat(group).write("cgroup.procs", Integer.toString(pid)).succeeds();
    assertThat(group).write(KMEM_LIMIT, "1G").failsWith(EBUSY);
    assertThat(group).write(KMEM_LIMIT, "-1").succeeds(); // no limit does not activate
    mount.endProcess(pid);
    assertThat(group).write(KMEM_LIMIT, "1G").succeeds();
    assertThat(group).reads(KMEM_LIMIT, 1L << 30);
  }

  @Test
  @DisplayName("example 8: 6.18, write 1G to kmem.limit: success, reads 9223372036854771712")
  void example8() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(KMEM_LIMIT, "1G").succeeds();
    assertThat(child).reads(KMEM_LIMIT, 9223372036854771712L);
  }

  @Test
  @DisplayName("example 9: 5.16, write 1G to kmem.limit: EOPNOTSUPP")
  void example9() throws Exception {
    assertThat(child("linux-5.16")).write(KMEM_LIMIT, "1G").failsWith(EOPNOTSUPP);
  }

  @Test
  @DisplayName("example 10: 5.16, write -1 on the root's kmem.limit: EINVAL")
  void example10() throws Exception {
    assertThat(strict("linux-5.16").root()).write(KMEM_LIMIT, "-1").failsWith(EINVAL);
  }

  @Test
  @DisplayName("example 17: 3.x, write of 63 bytes to a limit file: E2BIG")
  void example17() throws Exception {
    Cgroup child = child("linux-3.10");
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(59)).failsWith(E2BIG);
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(58)).succeeds();
  }

  @Test
  @DisplayName(
      "example 18: 6.18, write of 4096 bytes, padded with blanks: success; 4097 bytes: E2BIG")
  void example18() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(4092)).succeeds();
    assertThat(child).reads(TCP_LIMIT, 4096);
    assertThat(child).write(TCP_LIMIT, "8192" + " ".repeat(4093)).failsWith(E2BIG);
  }

  @Test
  @DisplayName("a text that is too long is E2BIG before all else with kernfs, and after it in 3.x")
  void lengthFirst() throws Exception {
    String tooLong = "x".repeat(4097);
    assertThat(child("linux-6.18")).write("memory.stat", tooLong).failsWith(E2BIG);
    assertThat(child("linux-3.10")).write("memory.stat", tooLong).failsWith(EINVAL);
    for (String profile : List.of("linux-6.18", "linux-3.10")) {
      Cgroup root = strict(profile).root();
      Cgroup gone = root.createChild("gone");
      try (Cgroup.OpenControlFile file = gone.open(TCP_LIMIT)) {
        root.rmdir("gone");
        assertCall(() -> file.write(tooLong))
            .failsWith(profile.equals("linux-3.10") ? ENODEV : E2BIG);
      }
    }
  }

  // --- With sockets --------------------------------------------------------------------------

  private static final String TCP_USAGE = "memory.kmem.tcp.usage_in_bytes";
  private static final String FLOWS = "sim.tcp.flows";

  private Cgroup withFlows(String profile) throws Exception {
    return mount(new CgroupMount.Options(profile, false, false)).root().createChild("parent");
  }

  private static long usage(Cgroup group) throws Exception {
    return LwnTrafficSuite.number(group, TCP_USAGE);
  }

  /** A flow whose senders have written all they were told to; waits until it is so. */
  private static void buffer(Cgroup group, String command, long usage) throws Exception {
    assertThat(group).write(FLOWS, command).succeeds();
    LwnTrafficSuite.await("usage of " + usage, () -> usage(group) == usage);
    assertThat(LwnTrafficSuite.settled("usage", () -> usage(group))).isEqualTo(usage);
  }

  @Test
  @DisplayName(
      "examples 4, 5: 6.18, group with usage 65536: write 65536 to kmem.tcp.limit"
          + " succeeds, 65535 rounds to 61440: EBUSY, limit unchanged")
  void examples4And5() throws Exception {
    Cgroup group = withFlows("linux-6.18");
    assertThat(group).write(TCP_LIMIT, "1M").succeeds();
    buffer(group, "add f chunk=63000 bytes=63000 send=max read=0", 65_536);
    assertThat(group).write(TCP_LIMIT, "65536").succeeds();
    assertThat(group).write(TCP_LIMIT, "65535").failsWith(EBUSY);
    assertThat(group).reads(TCP_LIMIT, 65_536);
  }

  @Test
  @DisplayName(
      "example 11: 6.18, parent limited, child not written; child opens TCP socket and"
          + " buffers data: usage 0 in both")
  void example11() throws Exception {
    Cgroup parent = withFlows("linux-6.18");
    assertThat(parent).write(TCP_LIMIT, "1M").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).write(FLOWS, "add f chunk=16K bytes=64K send=max read=0").succeeds();
    LwnTrafficSuite.await(
        "data to be buffered", () -> child.read("sim.tcp.sockets").contains("accounted:0"));
    LwnTrafficSuite.await(
        "65536 bytes in a receive queue",
        () -> child.read("sim.tcp.sockets").contains("ESTAB 65536 0 "));
    assertThat(usage(child)).isZero();
    assertThat(usage(parent)).isZero();
  }

  @Test
  @DisplayName(
      "examples 12 to 14: 6.18, child wrote -1, then a socket with one byte unread: child"
          + " 4096, parent at least; 4000 more: 8192; after reading everything: 0")
  void examples12To14() throws Exception {
    Cgroup parent = withFlows("linux-6.18");
    Cgroup child = parent.createChild("child");
    assertThat(child).write(TCP_LIMIT, "-1").succeeds();
    buffer(child, "add f chunk=1 bytes=1 send=max read=0", 4096);
    assertThat(usage(parent)).isEqualTo(4096);
    buffer(child, "set f chunk=4000 bytes=4000", 8192);
    buffer(child, "set f read=max", 0);
    assertThat(usage(parent)).isZero();
  }

  @Test
  @DisplayName("example 19: 6.18, kmem.tcp.failcnt after many limited sockets: 0")
  void example19() throws Exception {
    Cgroup group = withFlows("linux-6.18");
    fill(group);
    assertThat(group).reads("memory.kmem.tcp.failcnt", 0);
  }

  @Test
  @DisplayName("example 20: 4.19, the same: above 0, and max_usage above the limit")
  void example20() throws Exception {
    Cgroup group = withFlows("linux-4.19");
    fill(group);
    assertThat(LwnTrafficSuite.number(group, "memory.kmem.tcp.failcnt")).isPositive();
    assertThat(LwnTrafficSuite.number(group, "memory.kmem.tcp.max_usage_in_bytes"))
        .isGreaterThan(256 << 10);
  }

  private static void fill(Cgroup group) throws Exception {
    assertThat(group).write(TCP_LIMIT, "256K").succeeds();
    assertThat(group).write(FLOWS, "add f connections=16 chunk=16K send=max read=0").succeeds();
    LwnTrafficSuite.await("drops", () -> LwnTrafficSuite.stat(group, "rcvq_dropped") > 0);
    LwnTrafficSuite.await("pressure", () -> LwnTrafficSuite.stat(group, "pressure") == 1);
  }
}
