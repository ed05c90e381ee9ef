package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who we are, from /proc/PID/status. */
class IdentityTest {
  private static Identity of(String status) {
    return Identity.of(TaskStatus.parse(status));
  }

  @Test
  void effectiveIdsAndOneCapability() {
    String status =
        "Name:\tjava\nTgid:\t9\nPid:\t9\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nCapEff:\t%s\n";
    assertThat(of(status.formatted("0000000000200000"))).isEqualTo(new Identity(2, 6, true));
    assertThat(of(status.formatted("ffffffffffdfffff"))).isEqualTo(new Identity(2, 6, false));
    assertThat(of(status.formatted("0000000000000000")).isRoot()).isFalse();
  }

  @Test
  void thisProcess() throws Exception {
    assertThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .isEqualTo(Identity.self().uid());
  }
}
