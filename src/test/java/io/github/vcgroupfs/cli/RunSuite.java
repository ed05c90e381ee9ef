package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of {@code vcgroupfs run} share: a folder of its own for each, and hosts to run on. */
abstract class RunSuite {
  /** A host with a v2 hierarchy only: made in a mount namespace, for the words behind it. */
  static final String V2_HOST =
      "umount -l /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup && ";

  static final String MEMORY = "/sys/fs/cgroup/memory";

  @TempDir Path folder;

  @BeforeEach
  void makeTemporaryFolder() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    assumeTrue(
        Program.runToEnd(List.of("unshare", "--mount", "true")).status() == 0, "unshare fails");
    Files.createDirectory(folder.resolve("tmp"));
  }

  /** {@code run} with its temporary folders where the test can look. */
  List<String> run(String... arguments) {
    return runIn(folder.resolve("tmp"), arguments);
  }

  /** {@code run} with such a folder for temporary ones. */
  static List<String> runIn(Path temporary, String... arguments) {
    List<String> command = new ArrayList<>(Program.java("-Djava.io.tmpdir=" + temporary));
    List<String> all = Program.command("run");
    command.addAll(all.subList(Program.java().size(), all.size()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** As on a host that has those mounts. */
  static Ended onHost(String change, List<String> words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", change + "exec \"$@\"", "sh"));
    command.addAll(words);
    return Program.runToEnd(command);
  }

  void assertNothingIsLeft() throws Exception {
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
  }

  static boolean hasV1() throws Exception {
    return Files.readString(Path.of("/proc/mounts")).contains(" " + MEMORY + " cgroup ");
  }

  static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
