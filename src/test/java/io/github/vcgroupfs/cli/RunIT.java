package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code vcgroupfs run}: what its command sees, and what is left when it has ended. */
@MountTest
@Tag("jdk")
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class RunIT extends RunSuite {
  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    mount = MountedFs.start();
  }

  @AfterAll
  static void endMount() throws Exception {
    mount.close();
  }

  @Test
  void theCommandIsAMemberAndSeesTheMountOverTheHostsOwn() throws Exception {
    assumeTrue(hasV1(), "this host has no v1 memory mount");
    String script =
        """
          echo 1M > MEMORY/web/api/memory.limit_in_bytes
          read pid < MEMORY/web/api/cgroup.procs
          [ $pid = $$ ] && grep :memory: /proc/$$/cgroup | sed 's/^[0-9]*//'
          exit 7
          """
            .replace("MEMORY", MEMORY);
    List<String> words =
        run(
            "--way",
            "bind",
            "--mount",
            "" + mount.root(),
            "--group",
            "web/api",
            "--",
            "sh",
            "-c",
            script);
    assertThat(Program.runToEnd(words))
        .isEqualTo(
            new Ended(
                7,
                ":memory:/web/api\n",
                "vcgroupfs: %s is bound over this host's v1 memory mount %s\n"
                    .formatted(mount.root(), MEMORY)));
    assertThat(mount.read("web/api/memory.limit_in_bytes")).isEqualTo("1048576\n");
    assertThat(Path.of(MEMORY, "web/api")).doesNotExist(); // the host's own is as it was
    assertThat(mount.daemon().isAlive()).isTrue();
    assertNothingIsLeft();
  }

  @Test
  void withMountTheProcessItselfBecomesTheCommand() throws Exception {
    Process process =
        new ProcessBuilder(
                run(
                    "--way",
                    "bind",
                    "--mount",
                    "" + mount.root(),
                    "--",
                    "sh",
                    "-c",
                    "echo $$; read x"))
            .start();
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).isEqualTo("" + process.pid());
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void filesOfTheProgramAreClosedAndNoSignalIsBlocked() throws Exception {
    String script = "ls /proc/$$/fd; grep SigBlk /proc/self/status";
    Ended ended = Program.runToEnd(run("--mount", "" + mount.root(), "--", "sh", "-c", script));
    assertThat(ended.out()).isEqualTo("0\n1\n2\nSigBlk:\t0000000000000000\n");
  }

  @Test
  void aTemporaryMountHasTheOptionsOfMountAndGoes() throws Exception {
    Ended ended =
        Program.runToEnd(
            run(
                "--profile",
                "linux-5.10",
                "--strict",
                "--group",
                "/g",
                "--",
                "sh",
                "-c",
                "cat /sys/fs/cgroup/memory/g/memory.kmem.limit_in_bytes; ls /sys/fs/cgroup/memory"));
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(ended.out()).startsWith("9223372036854771712\n").doesNotContain("sim.");
    assertNothingIsLeft();
  }

  @Test
  void aCommandThatIsKilledLeavesNothing() throws Exception {
    Ended ended = Program.runToEnd(run("--", "sh", "-c", "kill -KILL $$"));
    assertThat(ended.status()).isEqualTo(128 + 9);
    assertNothingIsLeft();
  }

  @Test
  void aDaemonThatIsKilledLeavesNothingEither() throws Exception {
    String script =
        """
        for pid in /proc/[0-9]*; do
          case $(tr '\\0' '\\n' < $pid/cmdline 2>/dev/null | tail -n 1) in
            "$1"/*/mnt) kill -KILL ${pid#/proc/} && echo killed; break ;;
          esac
        done
        sleep 0.2
        cat /sys/fs/cgroup/memory/tasks
        """;
    Ended ended =
        Program.runToEnd(
            run("--way", "bind", "--", "sh", "-c", script, "sh", "" + folder.resolve("tmp")));
    assertThat(ended.out()).as("%s", ended).isEqualTo("killed\n");
    assertThat(ended.err()).endsWith("tasks: Transport endpoint is not connected\n");
    assertThat(ended.status()).isEqualTo(1);
    assertNothingIsLeft();
  }

  @Test
  void signalsReachTheCommand() throws Exception {
    List<String> signals = List.of("INT", "HUP", "USR1", "USR2", "TERM");
    StringBuilder script = new StringBuilder();
    for (String signal : signals) {
      script.append("trap 'echo %s' %s; ".formatted(signal, signal));
    }
    script.append("trap 'echo TERM; exit 9' TERM; echo up; while :; do sleep 0.05; done");
    Process process = new ProcessBuilder(run("--", "sh", "-c", script.toString())).start();
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).isEqualTo("up");
      for (String signal : signals) {
        // a shell has its own kill
        Program.runToEnd(List.of("sh", "-c", "kill -%s %d".formatted(signal, process.pid())));
        assertThat(out.readLine()).isEqualTo(signal);
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(9);
    } finally {
      process.destroyForcibly();
    }
    assertNothingIsLeft();
  }

  @Test
  void aSignalBeforeTheCommandEndsItAll() throws Exception {
    Process process = new ProcessBuilder(run("--way", "bind", "--", "sleep", "60")).start();
    Path temporary = folder.resolve("tmp");
    while (process.isAlive() && isEmpty(temporary)) {
      Thread.sleep(5);
    }
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertNothingIsLeft();
  }

  private static boolean isEmpty(Path directory) {
    String[] names = directory.toFile().list();
    return names == null || names.length == 0;
  }

  @Test
  void wordsOfTheCommandAreLeftAlone() throws Exception {
    Program.Ended ended =
        Program.runToEnd(run("--", "printf", "%s|", "@x", "--mount", "--", "a b", "", "é+%"));
    assertThat(ended.out()).as(ended.err()).isEqualTo("@x|--mount|--|a b||é+%|");
    assertThat(ended.status()).isZero();
  }

  @Test
  void aHostWithV2OnlySeesV1ByGeneratedTexts() throws Exception {
    String script =
        """
        ls /sys/fs/cgroup
        [ -e /sys/fs/cgroup/unified/cgroup.controllers ] && echo "v2 is there still"
        grep -c ' cgroup .*memory' /proc/mounts /proc/$$/mounts
        grep -c ' - cgroup cgroup rw,memory' /proc/$$/mountinfo
        grep :memory: /proc/$$/cgroup | sed 's/^[0-9]*//'
        tr '[:space:]' ' ' < /proc/cgroups | grep -oE '(cpu|cpuset|cpuacct|memory) [1-9] [0-9]+ 1' | wc -l
        cat /sys/fs/cgroup/memory/g/cgroup.procs | grep -c "^$$\\$"
        """;
    Ended ended = onHost(V2_HOST, run("--way", "text", "--group", "g", "--", "sh", "-c", script));
    assertThat(ended.out())
        .isEqualTo(
            """
            cpu
            cpuacct
            cpuset
            memory
            unified
            v2 is there still
            /proc/mounts:1
            /proc/%1$s/mounts:1
            1
            :memory:/g
            4
            1
            """
                .formatted(pidIn(ended.out())));
    assertThat(ended.err())
        .matches(
            "vcgroupfs: .*/mnt is bound to /sys/fs/cgroup/memory, and generated texts in /proc call"
                + " it the v1 memory mount\n");
    assertNothingIsLeft();
  }

  /** The one thing in that output that nobody knows before. */
  private static String pidIn(String out) {
    return out.replaceAll("(?s).*/proc/(\\d+)/mounts.*", "$1");
  }

  @Test
  void aHostWithV1ButNoMemoryKeepsItsOtherHierarchies() throws Exception {
    assumeTrue(hasV1(), "this host has no v1 memory mount");
    String script =
        """
        ls -d /sys/fs/cgroup/pids/tasks /sys/fs/cgroup/memory/tasks
        grep -c ' cgroup .*[, ]pids ' /proc/mounts
        ls /sys/fs/cgroup/unified | grep -c controllers
        """;
    String
        hide = // a tmpfs like the host's, with its other hierarchies, without the place of memory
        """
        mkdir FOLDER/old && mount --rbind /sys/fs/cgroup FOLDER/old && umount -l /sys/fs/cgroup
        mount -t tmpfs none /sys/fs/cgroup && mkdir /sys/fs/cgroup/pids /sys/fs/cgroup/unified
        mount --bind FOLDER/old/pids /sys/fs/cgroup/pids
        mount -t cgroup2 none /sys/fs/cgroup/unified
        umount -l FOLDER/old && ln -s pids /sys/fs/cgroup/link
        """
                .replace("FOLDER", folder.toString());
    Ended ended =
        onHost(
            hide, run("--way", "text", "--", "sh", "-c", script + "readlink /sys/fs/cgroup/link"));
    assertThat(ended.out())
        .as("%s", ended)
        .isEqualTo("/sys/fs/cgroup/memory/tasks\n/sys/fs/cgroup/pids/tasks\n1\n1\npids\n");
    assertThat(ended.err()).contains("generated texts in /proc");
  }

  @Test
  void theWayCanBeChosen() throws Exception {
    assumeTrue(hasV1(), "this host has no v1 memory mount");
    List<String> words =
        run("--way", "text", "--", "grep", "-c", " cgroup .*memory", "/proc/mounts");
    Ended text = Program.runToEnd(words);
    assertThat(text.out()).isEqualTo("1\n");
    assertThat(text.err()).contains("generated texts in /proc");
    Ended bind = onHost(V2_HOST, run("--way", "bind", "--", "true"));
    assertThat(bind.status()).isEqualTo(1);
    assertThat(bind.err())
        .isEqualTo("vcgroupfs: /sys/fs/cgroup/memory: this host has no v1 memory mount\n");
    assertNothingIsLeft();
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertThat(Program.run("run", "true"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "vcgroupfs: COMMAND is missing: it stands behind --, as in vcgroupfs run -- ls\n"));
    assertThat(Program.run("run", "--group", "a/../b", "--", "true").err())
        .isEqualTo("vcgroupfs: --group a/../b: . and .. are no names of groups\n");
    assertThat(Program.run("run", "--mount", "/x", "--strict", "--", "true"))
        .isEqualTo(
            new Ended(
                2, "", "vcgroupfs: --strict is of no use with --mount: /x is mounted already\n"));
    assertThat(Program.run("run", "--mount", "" + folder, "--", "true").err())
        .isEqualTo(
            ("vcgroupfs: no hierarchy is mounted on PLACE: PLACE/cgroup.procs: no such file"
                    + " or directory; to mount one: vcgroupfs mount PLACE\n")
                .replace("PLACE", folder.toString()));
    assertThat(Program.runToEnd(run("--no-such", "--", "true")))
        .isEqualTo(new Ended(2, "", "vcgroupfs: Unknown option: '--no-such'\n"));
    Ended missing = Program.runToEnd(run("--", "no-such-program"));
    assertThat(missing.status()).isEqualTo(127);
    assertThat(missing.err())
        .endsWith("vcgroupfs: cannot run no-such-program: no such file or directory\n");
    Path data = Files.writeString(folder.resolve("data"), "");
    Ended unfit = Program.runToEnd(run("--mount", "" + mount.root(), "--", data.toString()));
    assertThat(unfit.status()).isEqualTo(126);
    assertThat(unfit.err()).endsWith("cannot run %s: permission denied\n".formatted(data));
    assertNothingIsLeft();
  }

  /** Without root: mounted, bound and left behind in a user namespace. */
  @Test
  void aUserRunsInAUserNamespace() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "setpriv is missing");
    assumeTrue(
        Program.runToEnd(
                    List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "true"))
                .status()
            == 0,
        "this kernel gives users no user namespaces");
    for (Path each : List.of(folder, folder.resolve("tmp"))) {
      Syscalls.chmod(each, 0777);
    }
    Path jar = Files.copy(Program.JAR, folder.resolve("vcgroupfs.jar")); // where nobody can read it
    Syscalls.chmod(jar, 0644);
    String change =
        """
        mknod -m 0666 FOLDER/fuse c 10 229 && mount --bind FOLDER/fuse /dev/fuse && cd / &&
        """
                .replace("FOLDER", folder.toString())
                .strip()
            + " ";
    String script =
        """
        id -u; cat /sys/fs/cgroup/memory/a/b/cgroup.procs | grep -c "^$$\\$"
        echo 1M > /sys/fs/cgroup/memory/a/b/memory.limit_in_bytes
        cat /sys/fs/cgroup/memory/a/b/memory.limit_in_bytes
        sh -c 'grep :memory: /proc/self/cgroup | cut -d: -f3; stat -f -c %T /sys/fs/cgroup/memory'
        exit 5
        """;
    List<String> words =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    run("--group", "a/b", "--", "sh", "-c", script).stream()
        .map(word -> word.equals(Program.JAR.toString()) ? jar.toString() : word)
        .forEach(words::add);
    for (String host : List.of(change, change + V2_HOST)) {
      Ended ended = onHost(host, words);
      assertThat(ended.out()).as("%s", ended).isEqualTo("0\n1\n1048576\n/a/b\ncgroupfs\n");
      assertThat(ended.status()).isEqualTo(5);
      assertThat(ended.err()).isEmpty();
      assertNothingIsLeft();
      Files.deleteIfExists(folder.resolve("fuse"));
    }
  }
}
