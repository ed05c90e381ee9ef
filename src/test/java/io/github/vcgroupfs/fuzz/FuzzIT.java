package io.github.vcgroupfs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 100,000 calls by chance, half of them on the oldest kernel and half on the newest; {@code
 * mount-scripts/fuzz} makes a million on each. {@code -Dvcgroupfs.seed=S} makes others.
 */
@MountTest
class FuzzIT {
  private static final int CALLS = 50_000;
  private static final int THREADS = 8;
  private static final int LIMIT_SECONDS = 20;
  private static final long SEED = Long.getLong("vcgroupfs.seed", 20111206L);

  @BeforeEach
  void rootOnly() throws Exception {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    Needs.that(root, "only root can make threads of four users");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lwn-2011", "linux-6.18"})
  void noCallHangsAndNoneIsAnsweredAsNoKernelWould(String profile) throws Exception {
    Drive.Settings settings = new Drive.Settings(SEED, CALLS, THREADS, LIMIT_SECONDS, -1);
    MountFuzz.Report report = new MountFuzz(profile, settings).run();
    System.out.printf("seed %d: %s%n", SEED, report.figures());
    assertThat(report.wrong())
        .as("again: mount-scripts/fuzz --profile %s --seed %d --calls %d", profile, SEED, CALLS)
        .isEmpty();
    assertThat(report.outcomes().calls()).isEqualTo(CALLS);
    assertThat(report.outcomes().histogram().get("ok")).isGreaterThan(CALLS / 10);
  }

  /** Faults that are forced stand for a defect of ours: the checker must find both. */
  @Test
  void anAnswerThatNoKernelGivesAndACallThatHangsAreFound() throws Exception {
    Drive.Settings settings = new Drive.Settings(SEED, 800, THREADS, 1, -1);
    try (MountedFs mount = MountedFs.start("--profile", "linux-6.18")) {
      mount.write(
          "sim.fault",
          "open memory.m* group=** delay=3s count=1\n"
              + "open memory.m* group=** error=EADDRINUSE force");
      MountFuzz.Report report = new MountFuzz("linux-6.18", settings).run(mount);
      assertThat(report.wrong())
          .anyMatch(each -> each.contains("EADDRINUSE, which no kernel"))
          .anyMatch(each -> each.contains("has not come back for"));
    }
  }
}
