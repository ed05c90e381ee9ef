package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who we are, from /proc/PID/status. */
class IdentityTest {
  @Test
  void effectiveIdsAndOneCapability() {
    String status = "Name:\tjava\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nCapEff:\t%s\n";
    assertThat(Identity.parse(status.formatted("0000000000200000")))
        .isEqualTo(new Identity(2, 6, true));
    assertThat(Identity.parse(status.formatted("ffffffffffdfffff")))
        .isEqualTo(new Identity(2, 6, false));
    assertThat(Identity.parse(status.formatted("0000000000000000")).isRoot()).isFalse();
  }

  @Test
  void thisProcess() throws Exception {
    assertThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .isEqualTo(Identity.self().uid());
  }
}
