package io.github.vcgroupfs.pids;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mount with two hierarchies, and the same real processes in both. */
@MountTest
class PidsIT {
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static long[] tasks(Path group) throws IOException {
    return read(group.resolve("tasks")).lines().mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "auto"})
  void itsMembersAreThoseOfTheMemoryHierarchy(String membership) throws Exception {
    try (MountedFs mount =
        MountedFs.start(
            "--profile", "linux-6.1", "--controllers", "memory,pids", "--membership", membership)) {
      Path memory = Files.createDirectory(mount.root().resolve("memory/a"));
      Path pids = Files.createDirectory(mount.root().resolve("pids/a"));
      // the shell goes into both groups by itself, and then has children
      Process shell =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "echo 0 > \"$1/cgroup.procs\"; echo 0 > \"$2/cgroup.procs\""
                      + "; sleep 60 & sleep 60 & echo ready; read line; kill $!; wait",
                  "sh",
                  memory.toString(),
                  pids.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        assertThat(shell.inputReader().readLine()).isEqualTo("ready");
        assertThat(tasks(memory)).hasSize(3).isEqualTo(tasks(pids));
        assertThat(Arrays.stream(tasks(pids))).contains(shell.pid());
        assertThat(read(pids.resolve("pids.current"))).isEqualTo("3\n");
        shell.outputWriter().write("\n");
        shell.outputWriter().flush();
        long beganNs = System.nanoTime();
        while (tasks(pids).length > 2 && System.nanoTime() - beganNs < DEADLINE_NS) {
          Thread.sleep(20);
        }
        assertThat(tasks(memory)).hasSize(2).isEqualTo(tasks(pids));
        assertThat(read(pids.resolve("pids.current"))).isEqualTo("2\n");
        assertThat(read(pids.resolve("pids.peak"))).isEqualTo("3\n");
      } finally {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aloneItIsTheRootOfTheMount() throws Exception {
    try (MountedFs mount =
        MountedFs.start("--profile", "linux-6.18", "--strict", "--controllers", "pids")) {
      Path group = Files.createDirectory(mount.root().resolve("a"));
      Files.write(group.resolve("pids.max"), "17\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(read(group.resolve("pids.max"))).isEqualTo("17\n");
      assertThat(group.resolve("memory.limit_in_bytes")).doesNotExist();
      assertThat(mount.root().resolve("pids.max")).doesNotExist();
    }
  }

  /** Both controllers in one hierarchy: one set of groups, the files of both. */
  @Test
  void joinedWithMemoryItSharesItsGroups() throws Exception {
    try (MountedFs mount =
        MountedFs.start("--profile", "linux-6.18", "--controllers", "memory+pids,name=x")) {
      Path group = Files.createDirectory(mount.root().resolve("memory,pids/a"));
      assertThat(group.resolve("pids.max")).exists();
      assertThat(group.resolve("memory.limit_in_bytes")).exists();
      Path link = mount.root().resolve("pids");
      assertThat(Files.readSymbolicLink(link)).hasToString("memory,pids");
      assertThat(read(link.resolve("a/pids.max"))).isEqualTo("max\n");
      assertThat(mount.root().resolve("x/a")).doesNotExist();
    }
  }
}
