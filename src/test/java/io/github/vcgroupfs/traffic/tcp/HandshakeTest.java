package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import org.junit.jupiter.api.Test;

/** A SYN is charged until it is acknowledged. Asked: 6.18, where max_usage is one page. */
class HandshakeTest {
  private static final KernelProfile LINUX_3_10 = Profiles.byId("linux-3.10").orElseThrow();
  private static final KernelProfile LINUX_4_4 = Profiles.byId("linux-4.4").orElseThrow();
  private static final KernelProfile LINUX_5_10 = Profiles.byId("linux-5.10").orElseThrow();
  private static final KernelProfile LINUX_6_18 = Profiles.byId("linux-6.18").orElseThrow();
  private MemoryTree tree;
  private MemCgroup web;

  private Sock socket(KernelProfile profile, long limit) throws Exception {
    tree = new MemoryTree(profile, Membership.NOBODY, () -> 0, units -> {});
    web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, profile.era().limitOfBytes(limit));
    return SockMemory.of(web.globals()).open(web);
  }

  private long usage() {
    return web.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  @Test
  void aPageUntilItIsAcknowledged() throws Exception {
    Sock sk = socket(LINUX_6_18, 1 << 20);
    assertThat(Handshake.sendSyn(sk, LINUX_6_18.tcp())).isTrue();
    assertThat(usage()).isEqualTo(4096);
    Handshake.synAcknowledged(sk, LINUX_6_18.tcp());
    assertThat(usage()).isZero();
  }

  @Test
  void olderKernelsKeepThePage() throws Exception {
    Sock sk = socket(LINUX_5_10, 1 << 20);
    Handshake.sendSyn(sk, LINUX_5_10.tcp());
    Handshake.synAcknowledged(sk, LINUX_5_10.tcp());
    assertThat(usage()).isEqualTo(4096);
    sk.reclaim();
    assertThat(usage()).isZero();
  }

  @Test
  void aGroupAtItsLimitCannotConnectIn3() throws Exception {
    Sock old = socket(LINUX_3_10, 0);
    assertThat(Handshake.sendSyn(old, LINUX_3_10.tcp())).isFalse();
    assertThat(usage()).isZero();
    Sock sk = socket(LINUX_4_4, 0);
    assertThat(Handshake.sendSyn(sk, LINUX_4_4.tcp())).isTrue();
    assertThat(usage()).isEqualTo(4096);
  }
}
