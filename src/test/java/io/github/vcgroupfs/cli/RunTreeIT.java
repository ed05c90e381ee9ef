package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vcgroupfs run}: what a whole tree of processes sees on a host that has v2 only. */
@MountTest
@Tag("jdk")
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class RunTreeIT extends RunSuite {
  private static final String PROFILE = "linux-5.10";

  /** Each a script of its own. */
  private static final List<String> WAYS_TO_READ =
      List.of(
          "cd /proc/self && cat cgroup",
          "exec 5</proc/self/cgroup; cat /proc/self/fd/5",
          "python3 -c 'import os; d=os.open(\"/proc/self\", os.O_PATH);"
              + " print(os.read(os.open(\"cgroup\", os.O_RDONLY, dir_fd=d), 999).decode(), end=\"\")'",
          "python3 -c 'import os; f=os.open(\"/proc/self/cgroup\", os.O_PATH);"
              + " print(open(\"/proc/self/fd/%d\" % f).read(), end=\"\")'",
          "busybox cat /proc/self/cgroup",
          "strace -f -o /dev/null sh -c 'cat /proc/self/cgroup; :'",
          "timeout 20 sh -c 'cat /proc/self/cgroup'",
          "unshare --pid --fork --mount-proc cat /proc/self/cgroup",
          "unshare --pid --fork --mount-proc sh -c 'cat /proc/$$/cgroup; :'",
          "unshare --pid --fork sh -c 'cat /proc/self/cgroup; :'",
          "unshare --user --map-root-user --mount cat /proc/self/cgroup",
          "setpriv --reuid 65534 --clear-groups cat /proc/self/cgroup",
          "setpriv --no-new-privs cat /proc/self/cgroup");

  /** On a host with v2 only, two hierarchies and a named one; the command is in the group g. */
  private Ended onV2(String script) throws Exception {
    return onHost(V2_HOST, words(script));
  }

  private List<String> words(String script) {
    return run(
        "--profile",
        PROFILE,
        "--controllers",
        "memory,pids,name=systemd",
        "--group",
        "g",
        "--",
        "sh",
        "-c",
        script);
  }

  private static String withoutIds(String cgroup) {
    return cgroup.replaceAll("(?m)^\\d+:", "");
  }

  @Test
  void aGrandchildReadsItsOwnGroupAndThatOfAnother() throws Exception {
    Ended ended =
        onV2(
            """
            mkdir /sys/fs/cgroup/pids/other
            sleep 30 & other=$!
            echo $other > /sys/fs/cgroup/pids/other/cgroup.procs
            sh -c 'sh -c "cat /proc/self/cgroup; cat /proc/thread-self/cgroup"; :'
            cat /proc/$other/cgroup /proc/$other/task/$other/cgroup
            kill $other
            """);
    String own = "name=systemd:/g\npids:/g\nmemory:/g\n";
    String others = "name=systemd:/g\npids:/other\nmemory:/g\n";
    assertThat(withoutIds(ended.out()).lines().sorted().toList())
        .as("%s", ended)
        .isEqualTo((own + own + others + others).lines().sorted().toList());
    assertThat(ended.err()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void theTablesOfMountsAndControllersAgree() throws Exception {
    Ended ended =
        onV2(
            """
            grep ' /sys/fs/cgroup' /proc/self/mounts
            cmp /proc/mounts /etc/mtab && echo same
            grep -c ' - cgroup cgroup rw,' /proc/$PPID/mountinfo /proc/self/mountinfo | sed 's/.*://'
            cat /proc/cgroups
            cut -d: -f1,2 /proc/self/cgroup
            ls /sys/fs/cgroup
            """);
    assertThat(ended.out())
        .as("%s", ended)
        .matches(
            """
            (none|tmpfs) /sys/fs/cgroup tmpfs .*
            cgroup /sys/fs/cgroup/memory cgroup rw,nosuid,nodev,relatime,memory 0 0
            cgroup /sys/fs/cgroup/pids cgroup rw,nosuid,nodev,relatime,pids 0 0
            cgroup /sys/fs/cgroup/systemd cgroup rw,nosuid,nodev,relatime,name=systemd 0 0
            same
            3
            3
            #subsys_name\thierarchy\tnum_cgroups\tenabled
            (?s).*
            memory
            pids
            systemd
            """);
    assertThat(ended.out()).containsPattern("memory\t[1-9]\\d*\t[2-9]\t1\n");
    assertThat(ended.out()).containsPattern("pids\t[1-9]\\d*\t2\t1\n");
    // the numbers in both files are the same
    ended
        .out()
        .lines()
        .filter(line -> line.matches("(memory|pids)\t.*"))
        .map(line -> line.replaceFirst("(\\w+)\t(\\d+)\t.*", "$2:$1"))
        .forEach(line -> assertThat(ended.out().lines()).contains(line));
  }

  /** One run for all of them: most of the time of a run is its start. */
  @TestFactory
  Stream<DynamicTest> allWaysToReadLeadToIt() throws Exception {
    for (int i = 0; i < WAYS_TO_READ.size(); i++) {
      Files.writeString(folder.resolve("way" + i), WAYS_TO_READ.get(i));
    }
    String each = "i=0; while [ -e F/way$i ]; do echo \"== $i\"; sh F/way$i; i=$((i + 1)); done";
    Ended ended = onV2(each.replace("F/", folder + "/"));
    String own = "name=systemd:/g\npids:/g\nmemory:/g\n";
    return IntStream.range(0, WAYS_TO_READ.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    WAYS_TO_READ.get(i),
                    () -> {
                      String program = WAYS_TO_READ.get(i).split(" ", 2)[0];
                      if (!List.of("cd", "exec").contains(program)) {
                        Needs.programs(program);
                      }
                      String said = (ended.out() + "== ").split("== " + i + "\n", 2)[1];
                      assertThat(withoutIds(said.split("== ", 2)[0]))
                          .as("%s", ended)
                          .isEqualTo(own);
                    }));
  }

  @Test
  void statfsSaysCgroup() throws Exception {
    Ended ended =
        onV2(
            """
            stat -f -c '%T %b %s %l' /sys/fs/cgroup/memory /sys/fs/cgroup/pids/g/pids.max
            stat -f -c %T /sys/fs/cgroup /proc/self/cgroup
            cd /sys/fs/cgroup/memory && stat -f -c %T . tasks
            """);
    assertThat(ended.out())
        .as("%s", ended)
        .isEqualTo("cgroupfs 0 4096 255\ncgroupfs 0 4096 255\ntmpfs\nproc\ncgroupfs\ncgroupfs\n");
  }

  @Test
  void aMountOfTypeCgroupIsABind() throws Exception {
    Ended ended =
        onV2(
            """
            cd FOLDER && mkdir own bad
            mount -t cgroup -o memory none own && ls own | grep -c '^g$'
            mount -o remount,ro own 2>&1; umount own && ls own
            mount -t cgroup -o none,name=systemd none own && ls own/release_agent && umount own
            mount -t cgroup -o memory,pids none bad; echo $?
            mount -t cgroup none bad; echo $?
            setpriv --reuid 65534 --clear-groups --inh-caps=-all mount -t cgroup -o memory none bad
            echo $?
            """
                .replace("FOLDER", folder.toString()));
    assertThat(ended.out()).as("%s", ended).startsWith("1\nown/release_agent\n");
    assertThat(ended.out().lines().skip(2).toList()).hasSize(3).noneMatch("0"::equals);
    assertThat(folder.resolve("own")).isEmptyDirectory();
  }

  @Test
  void aCgroupNamespaceHasItsOwnRoot() throws Exception {
    Ended ended =
        onV2(
            """
            mkdir FOLDER/own /sys/fs/cgroup/memory/g/below
            unshare --cgroup --mount sh -c '
              cat /proc/self/cgroup
              mount -t cgroup -o memory none FOLDER/own && ls -d FOLDER/own/below
              grep FOLDER/own /proc/self/mountinfo | cut -d" " -f4
              grep " /sys/fs/cgroup/memory " /proc/self/mountinfo | cut -d" " -f4
              echo $$ > FOLDER/own/below/cgroup.procs
              cat /proc/self/cgroup'
            """
                .replace("FOLDER", folder.toString()));
    assertThat(withoutIds(ended.out()))
        .as("%s", ended)
        .isEqualTo(
            """
            name=systemd:/
            pids:/
            memory:/
            FOLDER/own/below
            /
            /..
            name=systemd:/
            pids:/
            memory:/below
            """
                .replace("FOLDER", folder.toString()));
  }

  @Test
  void theV2HierarchyIsSeenOnlyIfWanted() throws Exception {
    String script = "ls /sys/fs/cgroup; grep -c cgroup2 /proc/mounts; tail -n 1 /proc/self/cgroup";
    Ended without = onHost(V2_HOST, run("--", "sh", "-c", script));
    assertThat(without.out()).as("%s", without).doesNotContain("unified").doesNotContain("0::");
    Ended with = onHost(V2_HOST, run("--unified", "--", "sh", "-c", script));
    assertThat(with.out()).as("%s", with).contains("unified\n1\n0::");
  }

  @Test
  void theHostsOtherHierarchiesStay() throws Exception {
    assumeTrue(hasV1(), "this host has no v1 memory mount");
    String all =
        "cut -d: -f2 /proc/self/cgroup | sort | tr '\\n' ' '; ls -d /sys/fs/cgroup/*/tasks";
    Ended plain = Program.runToEnd(List.of("sh", "-c", all));
    Ended through = Program.runToEnd(run("--controllers", "memory", "--", "sh", "-c", all));
    // all but v2
    assertThat(through.out().split("\\s+"))
        .as("%s", through)
        .containsExactlyInAnyOrder(plain.out().strip().split("\\s+"));
  }

  @Test
  void aMountOfAnotherDaemonIsSeenByTheWholeTreeToo() throws Exception {
    try (MountedFs mount = MountedFs.start()) {
      List<String> words =
          run(
              "--mount",
              mount.root().toString(),
              "--group",
              "a/b",
              "--",
              "sh",
              "-c",
              "sh -c 'grep :memory: /proc/self/cgroup; stat -f -c %T /sys/fs/cgroup/memory; :'");
      Ended ended = onHost(V2_HOST, words);
      assertThat(withoutIds(ended.out())).as("%s", ended).isEqualTo("memory:/a/b\ncgroupfs\n");
      assertThat(mount.daemon().isAlive()).isTrue();
    }
  }

  @Test
  void processesThatOutliveTheCommandAreWaitedFor() throws Exception {
    Process process =
        new ProcessBuilder(
                run("--", "sh", "-c", "(sleep 2; cat /proc/self/cgroup) & echo started; exit 3"))
            .start();
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).isEqualTo("started");
      assertThat(out.readLine()).contains(":"); // its files can still be opened
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aSignalEndsThoseThatOutliveTheCommand() throws Exception {
    Process process =
        new ProcessBuilder(
                run("--", "sh", "-c", "sh -c 'trap \"\" TERM; sleep 61; sleep 62' & echo $!"))
            .start();
    try (BufferedReader out = reader(process);
        BufferedReader err = process.errorReader()) {
      long survivor = Long.parseLong(out.readLine());
      assertThat(err.readLine()).contains("run stays for them").contains("" + survivor);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Path.of("/proc", "" + survivor, "exe").toFile().exists()) // not even as a zombie
          .as("process %d", survivor)
          .isFalse();
    } finally {
      process.destroyForcibly();
    }
    assertNothingIsLeft();
  }

  @Test
  void aSignalThatComesBeforeAnybodyIsToldEndsThemToo() throws Exception {
    Process process =
        new ProcessBuilder(run("--", "sh", "-c", "sleep 61 & echo $! $$; exit 3")).start();
    try (BufferedReader out = reader(process)) {
      String[] pids = out.readLine().split(" ", -1);
      while (Files.exists(Path.of("/proc", pids[1]))) {
        Thread.sleep(1); // the command is not reaped yet, and would get the signal
      }
      process.destroy();
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
      assertThat(Path.of("/proc", pids[0], "exe").toFile().exists()).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(60)
  void aRunThatIsKilledLeavesNoMountAndNoFolder() throws Exception {
    Process process = new ProcessBuilder(run("--", "sh", "-c", "echo $$; sleep 60")).start();
    long command;
    try (BufferedReader out = reader(process)) {
      command = Long.parseLong(out.readLine());
      process.destroyForcibly().waitFor();
    }
    try {
      while (Files.exists(Path.of("/proc", "" + command, "exe"))) {
        Thread.sleep(20); // it is killed, too
      }
      assertNothingIsLeft();
      assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain("/proc/sys/mnt");
    } finally {
      ProcessHandle.of(command).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 200, 350, 500, 700, 1000, 1500})
  @Timeout(60)
  void aRunThatIsKilledAtAnyStageLeavesNoMountAndNoFolder(int afterMs) throws Exception {
    List<String> words = run("--controllers", "all", "--", "sh", "-c", "sleep 60; :");
    Process process = new ProcessBuilder(words).start();
    Thread.sleep(afterMs);
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    try {
      assertNothingIsLeft();
      assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain("/proc/sys/mnt");
      for (ProcessHandle each : children) {
        assertThat(state(each.pid())).as("%s", each.info()).isNotEqualTo('T');
      }
    } finally {
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  @Timeout(60)
  void aRunThatIsKilledContinuesWhatItHadFrozen() throws Exception {
    String script =
        """
        mkdir /sys/fs/cgroup/freezer/x; sleep 59 & echo $!
        echo $! > /sys/fs/cgroup/freezer/x/tasks
        echo FROZEN > /sys/fs/cgroup/freezer/x/freezer.state
        while ! grep -q FROZEN /sys/fs/cgroup/freezer/x/freezer.state; do sleep 0.01; done
        echo frozen; wait
        """;
    List<String> words =
        run("--freezer", "signals", "--controllers", "freezer", "--", "sh", "-c", script);
    Process process = new ProcessBuilder(words).start();
    long sleeper;
    try (BufferedReader out = reader(process)) {
      sleeper = Long.parseLong(out.readLine());
      assertThat(out.readLine()).isEqualTo("frozen");
      assertThat(state(sleeper)).isEqualTo('T');
      process.destroyForcibly().waitFor();
    }
    try {
      while (state(sleeper) == 'T') {
        Thread.sleep(20);
      }
    } finally {
      ProcessHandle.of(sleeper).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** As in {@code /proc/PID/stat}; X for a process that is gone. */
  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return 'X';
    }
  }

  @Test
  void aRunWithinARunSeesItsOwnHierarchyInTheCommandItself() throws Exception {
    List<String> inner =
        run("--controllers", "memory", "--group", "inner", "--", "cat", "/proc/self/cgroup");
    List<String> outer = new ArrayList<>(run("--group", "outer", "--"));
    outer.addAll(inner);
    Ended ended = onHost(V2_HOST, outer);
    assertThat(ended.out()).as("%s", ended).contains("memory:/inner\n");
    assertThat(ended.err()).contains("only the command itself will see the hierarchy");
  }

  @Test
  void aSetuidProgramKeepsItsRights() throws Exception {
    Path id = Files.copy(Path.of("/usr/bin/id"), folder.resolve("id"));
    Program.runToEnd(List.of("chmod", "4755", id.toString()));
    Program.runToEnd(List.of("chmod", "755", folder.toString()));
    Ended ended = onV2("setpriv --reuid 65534 --clear-groups " + id + " -u");
    assertThat(ended.out()).as("%s", ended).isEqualTo("0\n");
  }
}
