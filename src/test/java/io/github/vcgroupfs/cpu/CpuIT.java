package io.github.vcgroupfs.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A real-time task, and groups with and without time for it. */
@MountTest
class CpuIT {
  private static final String BEGIN = "echo 0 > \"$1/cgroup.procs\" && echo in || echo out";

  /** What a real-time shell says that tries to go into the group. */
  private static String realTimeShell(Path group) throws Exception {
    Process shell =
        new ProcessBuilder("chrt", "--fifo", "1", "sh", "-c", BEGIN, "sh", group.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return shell.inputReader().readLine();
    } finally {
      shell.destroyForcibly().waitFor();
    }
  }

  private static void requireRealTime() throws Exception {
    Needs.programs("chrt");
    Process chrt =
        new ProcessBuilder("chrt", "--fifo", "1", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Needs.that(chrt.waitFor() == 0, "this user may start no real-time task");
  }

  @Test
  void aRealTimeTaskNeedsAGroupWithTimeForIt() throws Exception {
    requireRealTime();
    try (MountedFs mount = MountedFs.start("--profile", "linux-6.18", "--controllers", "cpu")) {
      Path group = Files.createDirectory(mount.root().resolve("a"));
      assertThat(realTimeShell(group)).isEqualTo("out");
      Files.writeString(group.resolve("cpu.rt_runtime_us"), "10000");
      assertThat(realTimeShell(group)).isEqualTo("in");
    }
  }

  @Test
  void aKernelWithoutSuchGroupsTakesIt() throws Exception {
    requireRealTime();
    try (MountedFs mount = MountedFs.start("--profile", "linux-6.1", "--controllers", "cpu")) {
      Path group = Files.createDirectory(mount.root().resolve("a"));
      assertThat(realTimeShell(group)).isEqualTo("in");
    }
  }
}
