package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code notify_on_release} and {@code release_agent} with real processes, over a mount. */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
class ReleaseAgentIT {
  private static final int PAUSE_MS = 20;

  @TempDir private Path folder;
  private final List<Process> sleepers = new ArrayList<>();
  private MountedFs mount;

  @AfterEach
  void stop() throws Exception {
    for (Process each : sleepers) {
      each.destroyForcibly().waitFor();
    }
    if (mount != null) {
      mount.close();
    }
  }

  private void start(String... options) throws Exception {
    mount = MountedFs.start(options);
    mount.mkdir("a");
    mount.mkdir("b");
    mount.write("a/notify_on_release", "1");
  }

  /** An agent that writes its working directory, its arguments and its environment, and may act. */
  private Path agent(String action) throws IOException {
    Path script = folder.resolve("agent");
    Path part = folder.resolve("part");
    Files.writeString(
        script,
        """
        #!/bin/sh
        fds=$(for fd in 0 1 2; do readlink /proc/$$/fd/$fd; done)
        { pwd -P; echo $#; printf '%%s\\n' "$@"
          tr '\\0' '\\n' < /proc/$$/environ | sort
          echo "$fds"
        } > %s.$$
        %s
        mv %s.$$ "%s$(echo "$1" | tr / _)"
        """
            .formatted(part, action, part, folder.resolve("called")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private Process sleepIn(String group) throws IOException {
    Process sleeper = new ProcessBuilder("sleep", "100").start();
    sleepers.add(sleeper);
    mount.write(group + "/cgroup.procs", Long.toString(sleeper.pid()));
    return sleeper;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    for (int waitedMs = 0; !condition.call(); waitedMs += PAUSE_MS) {
      assertThat(waitedMs).as("waited for " + what).isLessThan(20_000);
      Thread.sleep(PAUSE_MS);
    }
  }

  private List<String> calls() throws IOException {
    return mount
        .read("sim.journal")
        .lines()
        .filter(line -> line.contains(" kernel "))
        .map(line -> line.substring(line.indexOf(" kernel ") + 1))
        .toList();
  }

  @Test
  void byDefaultACallIsALineInTheJournal() throws Exception {
    start();
    mount.write("release_agent", agent("").toString());
    sleepIn("a").destroyForcibly();
    await("the last exit", () -> calls().size() == 1);
    assertThat(calls()).allMatch(each -> each.startsWith("kernel release_agent a \"/"));

    Process moved = sleepIn("a");
    mount.write("b/cgroup.procs", Long.toString(moved.pid()));
    assertThat(calls()).as("the last move out").hasSize(2);
    moved.destroyForcibly().waitFor();

    mount.mkdir("a/x");
    mount.rmdir("a/x");
    assertThat(calls()).as("the last child").hasSize(3);
    assertThat(mount.read("sim.journal").lines().toList())
        .last(InstanceOfAssertFactories.STRING)
        .as("after what brought it about")
        .contains(" kernel release_agent a ");
    Thread.sleep(1000);
    assertThat(calls()).hasSize(3);
    assertThat(folder).isDirectoryNotContaining("glob:**called*");
  }

  @Test
  void withRunItIsStartedAsTheKernelDoes() throws Exception {
    start("--release-agent", "run");
    Path called = folder.resolve("called_a_x y"); // the agent is called for /a, too
    // what agents are for: they remove the group
    mount.write("release_agent", agent("rmdir " + mount.root() + "\"$1\"").toString());
    mount.mkdir("a/x y");

    sleepIn("a/x y").destroyForcibly();
    await("the agent", () -> Files.exists(called));
    assertThat(Files.readAllLines(called))
        .containsExactly(
            "/",
            "1",
            "/a/x y",
            "HOME=/",
            "PATH=/sbin:/bin:/usr/sbin:/usr/bin",
            "/dev/null",
            "/dev/null",
            "/dev/null");
    assertThat(mount.path("a/x y")).doesNotExist();
    // its last child is gone: the agent is called for the group above, which it removes, too
    await("the next agent", () -> !Files.exists(mount.path("a")));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void aMissingProgramHarmsNobody() throws Exception {
    start("--release-agent", "run", "--log-level", "debug");
    mount.write("release_agent", "/nonexistent/agent");
    mount.mkdir("a/x");
    mount.rmdir("a/x");
    await("the log line", () -> mount.log().contains("cannot be started"));
    assertThat(calls()).containsExactly("kernel release_agent a \"/nonexistent/agent\"");
  }

  @Test
  void strictHasNoJournalAndRunsAllTheSame() throws Exception {
    start("--strict", "--profile", "linux-6.18", "--release-agent", "run");
    mount.write("release_agent", agent("").toString());
    mount.mkdir("a/x");
    mount.rmdir("a/x");
    await("the agent", () -> Files.exists(folder.resolve("called_a")));
    assertThat(Files.readAllLines(folder.resolve("called_a"))).startsWith("/", "1", "/a");
  }
}
