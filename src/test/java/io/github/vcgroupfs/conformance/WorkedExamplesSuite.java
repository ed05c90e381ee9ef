package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.E2BIG;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.EOPNOTSUPP;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of the kernel facts, section 7, each named after its number, on strict
 * mounts. E4, E5, E11 to E14, E19 and E20 need the TCP behaviour of those kernels and come with it;
 * E15 is in {@code LimitParserTest}, and E16 cannot be asked: FUSE never delivers a zero-length
 * write.
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
  @DisplayName("E1: 3.10 child, write 4097 to kmem.tcp.limit: reads 8192")
  void e1() throws Exception {
    Cgroup child = child("linux-3.10");
    assertThat(child).write(TCP_LIMIT, "4097").succeeds();
    assertThat(child).reads(TCP_LIMIT, 8192);
  }

  @Test
  @DisplayName("E2: 6.18 child, write 4097: reads 4096")
  void e2() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(TCP_LIMIT, "4097").succeeds();
    assertThat(child).reads(TCP_LIMIT, 4096);
  }

  @Test
  @DisplayName("E3: 4.4 root, read kmem.tcp.limit: 2251799813685247")
  void e3() throws Exception {
    assertThat(strict("linux-4.4").root()).reads(TCP_LIMIT, 2251799813685247L);
  }

  @Test
  @DisplayName(
      "E6: 3.10, write 0 to kmem.limit of an empty group; then mkdir a child; write -1: the first"
          + " succeeds (activates), -1 later is a plain limit change")
  void e6() throws Exception {
    Cgroup group = child("linux-3.10");
    assertThat(group).write(KMEM_LIMIT, "0").succeeds();
    group.createChild("below");
    assertThat(group).write(KMEM_LIMIT, "-1").succeeds();
    assertThat(group).reads(KMEM_LIMIT, Long.MAX_VALUE);
  }

  @Test
  @DisplayName("E7: 3.10, inactive kmem, group with one task, write 1G: EBUSY")
  void e7() throws Exception {
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
  @DisplayName("E8: 6.18, write 1G to kmem.limit: success, reads 9223372036854771712")
  void e8() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(KMEM_LIMIT, "1G").succeeds();
    assertThat(child).reads(KMEM_LIMIT, 9223372036854771712L);
  }

  @Test
  @DisplayName("E9: 5.16, write 1G to kmem.limit: EOPNOTSUPP")
  void e9() throws Exception {
    assertThat(child("linux-5.16")).write(KMEM_LIMIT, "1G").failsWith(EOPNOTSUPP);
  }

  @Test
  @DisplayName("E10: 5.16, write -1 on the root's kmem.limit: EINVAL")
  void e10() throws Exception {
    assertThat(strict("linux-5.16").root()).write(KMEM_LIMIT, "-1").failsWith(EINVAL);
  }

  @Test
  @DisplayName("E17: 3.x, write of 63 bytes to a limit file: E2BIG")
  void e17() throws Exception {
    Cgroup child = child("linux-3.10");
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(59)).failsWith(E2BIG);
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(58)).succeeds();
  }

  @Test
  @DisplayName("E18: 6.18, write of 4096 bytes, padded with blanks: success; 4097 bytes: E2BIG")
  void e18() throws Exception {
    Cgroup child = child("linux-6.18");
    assertThat(child).write(TCP_LIMIT, "4096" + " ".repeat(4092)).succeeds();
    assertThat(child).reads(TCP_LIMIT, 4096);
    assertThat(child).write(TCP_LIMIT, "8192" + " ".repeat(4093)).failsWith(E2BIG);
  }
}
