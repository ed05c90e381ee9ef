package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vcgroupfs run} where users, shells and other processes do what one does not expect. */
@MountTest
@Tag("jdk")
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class RunMishapsIT extends RunSuite {
  private static final int LEFT_SECONDS = 30;

  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    mount = MountedFs.start();
  }

  @AfterAll
  static void endMount() throws Exception {
    mount.close();
  }

  private static void awaitNothingIsLeft(Path folder) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEFT_SECONDS);
    while (!isEmpty(folder) && System.nanoTime() - deadlineNs < 0) {
      Thread.sleep(20);
    }
  }

  private static boolean isEmpty(Path directory) {
    String[] names = directory.toFile().list();
    return names == null || names.length == 0;
  }

  @Test
  void aLauncherThatIsKilledTakesTheMountWithIt() throws Exception {
    Process process =
        new ProcessBuilder(run("--way", "bind", "--", "sh", "-c", "echo $$; exec sleep 60"))
            .start();
    try (BufferedReader out = reader(process)) {
      long command = Long.parseLong(out.readLine());
      try {
        assertThat(folder.resolve("tmp")).isNotEmptyDirectory();
        process.destroyForcibly().waitFor();
        awaitNothingIsLeft(folder.resolve("tmp"));
        assertNothingIsLeft();
        assertThat(ProcessHandle.of(command)).as("the command goes on").isPresent();
      } finally {
        ProcessHandle.of(command).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  void aDaemonThatIsKilledLeavesNothingInAFolderWithABlank() throws Exception {
    Path blank = Files.createDirectory(folder.resolve("tmp").resolve("x y"));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                runIn(blank, "--way", "bind", "--", "sh", "-c", "echo started; read line"))
            .redirectError(said.toFile())
            .start();
    try (BufferedReader out = reader(process);
        OutputStream in = process.getOutputStream()) {
      assertThat(out.readLine()).isEqualTo("started");
      ProcessHandle daemon =
          process.children().filter(RunMishapsIT::isDaemon).findFirst().orElseThrow();
      assertThat(daemon.destroyForcibly()).isTrue();
      in.write('\n');
      in.flush();
      assertThat(process.waitFor()).as("%s", Files.readString(said)).isZero();
    }
    assertThat(blank).isEmptyDirectory();
    Files.delete(blank);
    assertNothingIsLeft();
  }

  @Test
  void aDaemonThatDiesBeforeItHasMountedIsTold() throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(run("--way", "bind", "--", "true")).redirectError(said.toFile()).start();
    Optional<ProcessHandle> daemon = Optional.empty();
    while (process.isAlive() && daemon.isEmpty()) {
      daemon = process.children().filter(RunMishapsIT::isDaemon).findAny();
    }
    daemon.ifPresent(ProcessHandle::destroyForcibly);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said))
        .isEqualTo("vcgroupfs: signal 9 ended the daemon before it had mounted\n");
    assertThat(process.exitValue()).isEqualTo(1);
    assertNothingIsLeft();
  }

  private static boolean isDaemon(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains(" mount --for-run ");
  }

  @Test
  void aCommandThatIgnoresASignalIsWaitedFor() throws Exception {
    String script = "trap '' TERM; echo up; read x; exit 4";
    Process process = new ProcessBuilder(run("--", "sh", "-c", script)).start();
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).isEqualTo("up");
      process.toHandle().destroy();
      assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(4);
    } finally {
      process.destroyForcibly();
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "bind", "text"})
  void aGroupMayHaveBlanksAndASlashTooMany(String way) throws Exception {
    assumeTrue(way.equals("text") || hasV1(), "this host has no v1 memory mount");
    String group = way + " a//b é/";
    Ended ended =
        Program.runToEnd(
            run(
                "--mount",
                "" + mount.root(),
                "--way",
                way,
                "--group",
                group,
                "--",
                "sh",
                "-c",
                "sed -n 's/^[0-9]*:memory://p' /proc/$$/cgroup"));
    assertThat(ended.out()).as("%s", ended).isEqualTo("/" + way + " a/b é\n");
    assertThat(mount.path(way + " a/b é")).isDirectory();
  }

  @Test
  void aGroupThatTheLocaleCannotWriteIsRefused() throws Exception {
    List<String> words = new ArrayList<>(List.of("env", "LC_ALL=C"));
    words.addAll(run("--group", "é", "--", "true"));
    Ended ended = Program.runToEnd(words);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("vcgroupfs: --group ")
        .endsWith(
            ": the locale's charset, US-ASCII, has not all of these letters; with LC_ALL=C.UTF-8"
                + " it works\n");
  }

  @Test
  void twoAtOnceHaveAMountEach() throws Exception {
    List<Process> both = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      String script =
          "mkdir /sys/fs/cgroup/memory/"
              + name
              + "; echo up; read x; ls -d /sys/fs/cgroup/memory/[ab]";
      both.add(new ProcessBuilder(run("--", "sh", "-c", script)).start());
    }
    try {
      for (int i = 0; i < 2; i++) {
        assertThat(reader(both.get(i)).readLine()).isEqualTo("up");
      }
      for (Process each : both) { // at once, else one waits: the other's mounts are a copy
        each.getOutputStream().close();
      }
      for (int i = 0; i < 2; i++) {
        assertThat(reader(both.get(i)).readLine()).isEqualTo(MEMORY + "/" + "ab".charAt(i));
        assertThat(both.get(i).waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      both.forEach(Process::destroyForcibly);
    }
    assertNothingIsLeft();
  }

  @Test
  void withoutATemporaryFolderThereIsNoMountOfItsOwn() throws Exception {
    Ended ended = Program.runToEnd(runIn(Path.of("/no/such"), "--way", "bind", "--", "true"));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()) // a newer Java says a line of its own before
        .endsWith(
            "vcgroupfs: no folder for the mount can be made in /no/such: no such file or directory;"
                + " TMPDIR names another place for it\n");
  }

  /** Texts need no folder. */
  @ParameterizedTest
  @ValueSource(strings = {"bind", "text"})
  void withoutATemporaryFolderACommandSeesAMount(String way) throws Exception {
    assumeTrue(way.equals("text") || hasV1(), "this host has no v1 memory mount");
    List<String> words =
        runIn(Path.of("/proc"), "--mount", "" + mount.root(), "--way", way, "--group", "x", "--");
    words.addAll(List.of("sh", "-c", "grep -c :memory:/x /proc/$$/cgroup; ls -d /proc/sys/kernel"));
    Ended ended = Program.runToEnd(words);
    assertThat(ended.out()).as("%s", ended).isEqualTo("1\n/proc/sys/kernel\n");
  }

  @Test
  void theEnvironmentIsLeftAlone() throws Exception {
    String set =
        """
        odd=$(printf '\\377')
        exec env -i PATH="$PATH" LC_ALL=C JAVA_TOOL_OPTIONS=-Da=b EMPTY= ODD="$odd" "$@"
        """;
    List<String> show = List.of("sh", "-c", "env | sort | od -c");
    List<String> plain = new ArrayList<>(List.of("sh", "-c", set, "sh"));
    List<String> through = new ArrayList<>(plain);
    through.addAll(run("--"));
    plain.addAll(show);
    through.addAll(show);
    assertThat(Program.runToEnd(plain).out()).contains("377");
    assertThat(Program.runToEnd(through).out()).isEqualTo(Program.runToEnd(plain).out());
  }

  @Test
  void whatIsNoOptionIsTakenForAMountPoint() throws Exception {
    assertThat(Program.run("run", "/srv/m", "--", "true"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "vcgroupfs: /srv/m is no option of mount; a hierarchy that is mounted already is"
                    + " named by --mount /srv/m\n"));
  }

  @Test
  void aCommandWithoutANameIsNotFound() throws Exception {
    Ended ended = Program.runToEnd(run("--mount", "" + mount.root(), "--", ""));
    assertThat(ended.status()).isEqualTo(127);
    assertThat(ended.err()).endsWith("vcgroupfs: cannot run '': no such file or directory\n");
  }
}
