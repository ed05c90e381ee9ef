package io.github.vcgroupfs.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that are stopped, with {@code --freezer signals}. */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
class FreezerIT {
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

  /** A shell with two children, in a group and in one below it. */
  private static final String TREE =
      "echo 0 > \"$1/cgroup.procs\"; sleep 600 & sleep 600 &"
          + " echo $! > \"$1/b/cgroup.procs\"; echo ready; read line; wait";

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process each : started) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly().waitFor();
    }
  }

  private Process shell(String script, Path group) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", script, "sh", group.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(shell);
    assertThat(shell.inputReader().readLine()).isEqualTo("ready");
    return shell;
  }

  private static MountedFs mount(String... more) throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of("--profile", "linux-6.1", "--controllers", "freezer", "--freezer", "signals"));
    options.addAll(List.of(more));
    return MountedFs.start(options.toArray(String[]::new));
  }

  private static List<Long> withDescendants(Process shell) {
    return Stream.concat(Stream.of(shell.pid()), shell.descendants().map(ProcessHandle::pid))
        .toList();
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    Program.runToEnd(List.of("sh", "-c", "kill -" + name + " " + pid));
  }

  private static char state(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid, e);
    }
  }

  private static boolean allStopped(List<Long> pids) {
    return pids.stream().allMatch(pid -> state(pid) == 'T');
  }

  private static boolean noneStopped(List<Long> pids) {
    return pids.stream().noneMatch(pid -> state(pid) == 'T');
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long beganNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - beganNs).as(what).isLessThan(DEADLINE_NS);
      Thread.sleep(10);
    }
  }

  private static void awaitState(MountedFs mount, String group, String wanted)
      throws InterruptedException {
    await(
        group + " is " + wanted,
        () -> {
          try {
            String now = mount.read(group + "/freezer.state").strip();
            assertThat(now).isIn(wanted, "FREEZING");
            return now.equals(wanted);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "auto"})
  void aTreeOfProcessesIsStoppedAndGoesOn(String membership) throws Exception {
    try (MountedFs mount = mount("--membership", membership)) {
      mount.mkdir("a");
      mount.mkdir("a/b");
      Process shell = shell(TREE, mount.path("a"));
      List<Long> all = withDescendants(shell);
      assertThat(all).hasSize(3);
      long stoppedByOthers = all.get(1);
      signal("STOP", stoppedByOthers);
      await("it stops", () -> state(stoppedByOthers) == 'T');

      mount.write("a/freezer.state", "FROZEN");
      awaitState(mount, "a", "FROZEN");
      assertThat(allStopped(all)).isTrue();
      assertThat(mount.read("a/b/freezer.state")).isEqualTo("FROZEN\n");
      assertThat(mount.read("a/b/freezer.parent_freezing")).isEqualTo("1\n");

      signal("CONT", shell.pid());
      await("whom others continue is stopped again", () -> state(shell.pid()) == 'T');

      mount.write("a/freezer.state", "THAWED");
      assertThat(mount.read("a/freezer.state")).isEqualTo("THAWED\n");
      await("the others go on", () -> all.stream().filter(pid -> state(pid) == 'T').count() == 1);
      assertThat(state(stoppedByOthers)).isEqualTo('T');
    }
  }

  @Test
  void aGroupThatForksAllTheTimeIsFrozenInTheEnd() throws Exception {
    try (MountedFs mount = mount()) {
      mount.mkdir("a");
      Process shell =
          shell(
              "echo 0 > \"$1/cgroup.procs\"; echo ready; while :; do /bin/true & /bin/true; done",
              mount.path("a"));
      mount.write("a/freezer.state", "FROZEN");
      awaitState(mount, "a", "FROZEN");
      // the shell starts programs by vfork, and may be waiting for one that is stopped before exec
      assertThat(state(shell.pid())).isIn('T', 'D');
      mount.write("a/freezer.state", "THAWED");
      await("it goes on", () -> noneStopped(List.of(shell.pid())));
      /*
       * Before the daemon ends. With one processor and a program that forks all the time, a JVM may
       * not notice for a minute that its child has ended: the thread that reaps was seen calling
       * sched_yield all that time (JDK 17 on Linux 6.18).
       */
      endAll();
    }
  }

  /** Whoever waits for a child of vfork gets no signal before the child runs, and is as frozen. */
  @Test
  void aParentThatWaitsForAChildOfVforkIsFrozenWithIt() throws Exception {
    Needs.programs("python3");
    try (MountedFs mount = mount()) {
      mount.mkdir("a");
      String code =
          "import ctypes, time; ctypes.CDLL(None).vfork(); print('ready', flush=True); time.sleep(600)";
      Process parent =
          shell(
              "echo 0 > \"$1/cgroup.procs\"; exec python3 -c \"%s\"".formatted(code),
              mount.path("a"));
      long child = parent.children().findFirst().orElseThrow().pid();
      assertThat(state(parent.pid())).isEqualTo('D');

      mount.write("a/freezer.state", "FROZEN");
      awaitState(mount, "a", "FROZEN");
      assertThat(state(child)).isEqualTo('T');
      assertThat(state(parent.pid())).isEqualTo('D');

      mount.write("a/freezer.state", "THAWED");
      await("the child goes on", () -> state(child) == 'S');
    }
  }

  @Test
  void whoeverIsMovedInIsStoppedAndWhoeverIsMovedOutGoesOn() throws Exception {
    try (MountedFs mount = mount()) {
      mount.mkdir("a");
      Process shell = shell("echo ready; read line", mount.path("a"));
      List<Long> one = List.of(shell.pid());
      mount.write("a/freezer.state", "FROZEN");
      assertThat(mount.read("a/freezer.state")).isEqualTo("FROZEN\n");
      mount.write("a/cgroup.procs", Long.toString(shell.pid()));
      awaitState(mount, "a", "FROZEN");
      assertThat(allStopped(one)).isTrue();
      mount.write("cgroup.procs", Long.toString(shell.pid()));
      await("it goes on", () -> noneStopped(one));
    }
  }

  /** How a daemon can end. */
  enum End {
    UNMOUNTED,
    TERMINATED,
    KILLED
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void howeverTheDaemonEndsNobodyStaysStopped(End end) throws Exception {
    try (MountedFs mount = mount()) {
      mount.mkdir("a");
      mount.mkdir("a/b");
      List<Long> all = withDescendants(shell(TREE, mount.path("a")));
      mount.write("a/freezer.state", "FROZEN");
      awaitState(mount, "a", "FROZEN");
      assertThat(allStopped(all)).isTrue();
      switch (end) {
        case UNMOUNTED -> Program.runToEnd(List.of("umount", mount.root().toString()));
        case TERMINATED -> mount.daemon().destroy();
        case KILLED -> mount.kill();
      }
      await("all go on", () -> noneStopped(all));
    }
  }

  /** The guard is a process; whoever ends it does not get rid of it. */
  @Test
  void anotherGuardTakesThePlaceOfOneThatWasKilled() throws Exception {
    try (MountedFs mount = mount()) {
      mount.mkdir("a");
      mount.mkdir("a/b");
      mount.mkdir("c");
      List<Long> all = withDescendants(shell(TREE, mount.path("a")));
      mount.write("a/freezer.state", "FROZEN");
      awaitState(mount, "a", "FROZEN");
      ProcessHandle guard = mount.daemon().toHandle().children().findFirst().orElseThrow();
      guard.destroyForcibly();
      guard.onExit().get(20, TimeUnit.SECONDS);
      Process other = shell("echo ready; read line", mount.path("c"));
      mount.write("c/cgroup.procs", Long.toString(other.pid()));
      mount.write("c/freezer.state", "FROZEN");
      awaitState(mount, "c", "FROZEN");
      mount.kill();
      await("all go on", () -> noneStopped(all) && noneStopped(List.of(other.pid())));
    }
  }

  @Test
  void withoutTheOptionNobodyIsStopped() throws Exception {
    try (MountedFs mount = MountedFs.start("--profile", "linux-6.1", "--controllers", "freezer")) {
      mount.mkdir("a");
      mount.mkdir("a/b");
      List<Long> all = withDescendants(shell(TREE, mount.path("a")));
      mount.write("a/freezer.state", "FROZEN");
      assertThat(mount.read("a/freezer.state")).isEqualTo("FROZEN\n");
      assertThat(noneStopped(all)).isTrue();
    }
  }
}
