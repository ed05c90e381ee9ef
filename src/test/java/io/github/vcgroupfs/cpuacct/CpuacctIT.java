package io.github.vcgroupfs.cpuacct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that burn time, in our group and, where there is one, in the kernel's own. */
@MountTest
class CpuacctIT {
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/cpuacct");

  /** What the two looks may lie apart, and what a process did before it was in both groups. */
  private static final long TOLERANCE_NS = TimeUnit.MILLISECONDS.toNanos(60);

  /** Between two looks of the daemon. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static long usage(Path group) throws IOException {
    return Long.parseLong(read(group.resolve("cpuacct.usage")).strip());
  }

  private static boolean isCgroup(Path place) throws IOException {
    FileStore store = Files.isDirectory(place) ? Files.getFileStore(place) : null;
    return store != null && store.type().equals("cgroup") && Files.isWritable(place);
  }

  /** A shell that moves itself to the groups and then does what the script says. */
  private static Process shell(String script, Path... groups) throws IOException {
    StringBuilder moves = new StringBuilder();
    Stream.of(groups).forEach(each -> moves.append("echo 0 > '" + each + "/cgroup.procs'; "));
    return new ProcessBuilder("sh", "-c", moves + script)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A loop that takes some hundred milliseconds. */
  private static final String BURN = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; ";

  @ParameterizedTest
  @ValueSource(strings = {"proc", "auto"})
  void aBurningChildCountsAsTheKernelCountsIt(String membership) throws Exception {
    assumeTrue(isCgroup(KERNEL), "no cpuacct hierarchy of the kernel to compare with");
    Path theirs =
        Files.createDirectory(KERNEL.resolve("vcgroupfs-it-" + membership + System.nanoTime()));
    try (MountedFs mount =
        MountedFs.start(
            "--profile", "linux-6.18", "--controllers", "cpuacct", "--membership", membership)) {
      Path ours = Files.createDirectory(mount.root().resolve("a"));
      // two children: one that the shell waits for, and one that burns on while files are read
      Process shell =
          shell(
              "sh -c '" + BURN + "'; echo waited; read line; " + BURN + "echo burnt; read line",
              ours,
              theirs);
      try {
        assertThat(shell.inputReader().readLine()).isEqualTo("waited");
        long burnt = usage(theirs);
        assertThat(burnt).isGreaterThan(TOLERANCE_NS);
        assertThat(usage(ours)).isCloseTo(burnt, Offset.offset(TOLERANCE_NS));
        shell.outputWriter().write("\n");
        shell.outputWriter().flush();
        assertThat(shell.inputReader().readLine()).isEqualTo("burnt");
        long more = usage(theirs);
        assertThat(more).isGreaterThan(burnt + TOLERANCE_NS);
        assertThat(usage(ours)).isCloseTo(more, Offset.offset(TOLERANCE_NS));
        String[] stat = read(ours.resolve("cpuacct.stat")).split("\\s", -1);
        long ticks = Long.parseLong(stat[1]) + Long.parseLong(stat[3]);
        assertThat(TimeUnit.MILLISECONDS.toNanos(10) * ticks)
            .isCloseTo(more, Offset.offset(TOLERANCE_NS));
        Files.writeString(ours.resolve("cpuacct.usage"), "0");
        assertThat(usage(ours)).isLessThan(TOLERANCE_NS);
      } finally {
        shell.destroyForcibly().waitFor();
      }
    } finally {
      remove(theirs);
    }
  }

  /** Nobody in the group waits for it: what it used since the last look is lost. */
  @Test
  void theTimeOfAProcessThatHasEndedStays() throws Exception {
    try (MountedFs mount = MountedFs.start("--profile", "linux-6.1", "--controllers", "cpuacct")) {
      Path group = Files.createDirectory(mount.root().resolve("a"));
      Process shell = shell(BURN.repeat(6) + "times; exit 0", group);
      String[] used = shell.inputReader().readLine().split("[ms ]+", -1); // 0m0.512s 0m0.020s
      assertThat(shell.waitFor()).isZero();
      long usedNs = (long) (1e9 * (Double.parseDouble(used[1]) + Double.parseDouble(used[3])));
      assertThat(usedNs).isGreaterThan(2 * LOOK_NS);
      assertThat(usage(group)).isBetween(usedNs / 2, usedNs + TOLERANCE_NS);
    }
  }

  @Test
  void joinedWithCpuItHasTheFilesOfBoth() throws Exception {
    try (MountedFs mount =
        MountedFs.start("--profile", "linux-6.18", "--controllers", "cpu+cpuacct,name=x")) {
      Path group = Files.createDirectory(mount.root().resolve("cpu,cpuacct/a"));
      assertThat(read(group.resolve("cpu.shares"))).isEqualTo("1024\n");
      assertThat(read(group.resolve("cpuacct.usage"))).isEqualTo("0\n");
      assertThat(Files.readSymbolicLink(mount.root().resolve("cpuacct")))
          .hasToString("cpu,cpuacct");
      Files.writeString(mount.root().resolve("cpu/a/cpu.cfs_quota_us"), "50000");
      assertThat(read(mount.root().resolve("cpuacct/a/cpu.cfs_quota_us"))).isEqualTo("50000\n");
    }
  }

  private static void remove(Path group) throws Exception {
    for (int attempt = 0; Files.exists(group) && attempt < 100; attempt++) {
      if (!group.toFile().delete()) {
        Thread.sleep(20); // the last process is still on its way out
      }
    }
  }
}
