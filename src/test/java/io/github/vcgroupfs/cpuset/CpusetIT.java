package io.github.vcgroupfs.cpuset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mount of the cpuset hierarchy, with the processors of this machine. */
@MountTest
class CpusetIT {
  private static String read(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(ISO_8859_1));
  }

  /** As what container runtimes do first, and forget at their peril. */
  @ParameterizedTest
  @ValueSource(strings = {"proc", "auto", "hierarchy"})
  void aProcessComesInOnlyWhenThereIsSomethingForIt(String membership) throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    try (MountedFs mount =
        MountedFs.start(
            "--profile", "linux-6.1", "--controllers", "cpuset", "--membership", membership)) {
      Path root = mount.root();
      Path group = Files.createDirectory(root.resolve("a"));
      String pid = Long.toString(child.pid());
      for (String list : new String[] {"cgroup.procs", "tasks"}) {
        assertThatThrownBy(() -> write(group.resolve(list), pid))
            .hasMessageContaining("No space left on device");
      }
      assertThat(read(group.resolve("cgroup.procs"))).isEmpty();
      write(group.resolve("cpuset.cpus"), read(root.resolve("cpuset.cpus")));
      write(group.resolve("cpuset.mems"), read(root.resolve("cpuset.mems")));
      write(group.resolve("cgroup.procs"), pid);
      assertThat(read(group.resolve("cgroup.procs"))).isEqualTo(pid + "\n");
      assertThatThrownBy(() -> write(group.resolve("cpuset.mems"), "\n"))
          .hasMessageContaining("No space left on device");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void theRootHasTheProcessorsOfThisMachine() throws Exception {
    try (MountedFs mount =
        MountedFs.start("--profile", "linux-6.1", "--controllers", "cpuset", "--strict")) {
      assertThat(read(mount.root().resolve("cpuset.cpus")))
          .isEqualTo(read(Path.of("/sys/devices/system/cpu/online")));
      assertThat(read(mount.root().resolve("cpuset.effective_cpus")))
          .isEqualTo(read(mount.root().resolve("cpuset.cpus")));
    }
  }
}
