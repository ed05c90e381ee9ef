package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.vcgroupfs.junit.VirtualCgroup;
import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent meets groups that come and go while it reads. */
@VirtualCgroup(profile = "linux-5.10")
@Timeout(10)
class GroupReportTest {
  @BeforeEach
  void twoGroups(Cgroups cgroups) throws IOException {
    cgroups.create("/db");
    cgroups.create("/job");
  }

  @Test
  void everyGroupHasALine(Path root) throws IOException {
    assertEquals(Set.of("", "db", "job"), new GroupReport(root).lines().keySet());
  }

  @Test
  void aGroupThatVanishesInTheMiddleOfAReadIsLeftOut(Path root, Cgroups cgroups)
      throws IOException {
    cgroups.group("/job").fault(Fault.on("read", "memory.stat").failing("ENODEV"));
    assertEquals(Set.of("", "db"), new GroupReport(root).lines().keySet());
  }

  /** The same without a fault that lies: the group is removed while another thread reads. */
  @Test
  void aGroupMayBeRemovedWhileItsFileIsOpen(Path root, Cgroups cgroups) throws Exception {
    cgroups.group("/job").fault(Fault.on("read", "memory.stat").delayed(Duration.ofSeconds(1)));
    FutureTask<Map<String, GroupReport.Line>> report =
        new FutureTask<>(() -> new GroupReport(root).lines());
    new Thread(report).start();
    cgroups.await(() -> cgroups.waitingCalls() == 1, Duration.ofSeconds(5));
    cgroups.remove("/job");
    assertEquals(Set.of("", "db"), report.get().keySet());
  }

  @Test
  void aScannerTakesAFailureForTheEnd(Path root, Cgroups cgroups) throws IOException {
    Path job = root.resolve("job");
    cgroups.group("/job").fault(Fault.on("read", "memory.stat").failing("ENODEV"));
    assertEquals(0, Naive.cacheBytes(job), "it says that there is no cache");
    assertEquals(Optional.empty(), new GroupReport(root).line(job));
  }

  @Test
  void aGroupMayVanishBeforeItIsListed(Path root, Cgroups cgroups) throws IOException {
    cgroups.group("/job").fault(Fault.on("opendir").failing("ENOENT"));
    assertThrows(UncheckedIOException.class, () -> Naive.groups(root));
    assertEquals(Set.of("", "db", "job"), new GroupReport(root).lines().keySet());
  }

  @Test
  @VirtualCgroup(preset = "odd-numbers")
  void aCounterMayNeedAll64Bits(Path root) throws IOException {
    Map<String, GroupReport.Line> lines = new GroupReport(root).lines();
    assertEquals(new BigInteger("18446744073709551615"), lines.get("web").refused());
    assertEquals(new BigInteger("18446744073709547520"), lines.get("web").cache());
  }
}
