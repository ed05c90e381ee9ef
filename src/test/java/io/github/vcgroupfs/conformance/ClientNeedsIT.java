package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.kernel.Errno.EACCES;
import static io.github.vcgroupfs.kernel.Errno.ENODEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.FormatMethod;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real clients need of a cgroup file system that is served over FUSE: each need was found by
 * experiment with libcgroup, runc, crun, the JVM, busybox or LTP, and has a test here. Who moves or
 * looks at processes is a shell or a Python program of its own; each test has its own group.
 */
@MountTest
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class ClientNeedsIT {
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final int NOBODY = 65534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private static MountedFs fs;

  @BeforeAll
  static void mount() throws Exception {
    fs = MountedFs.start();
    Syscalls.chmod(fs.root().getParent(), 0755); // a temporary directory is its owner's alone
  }

  @AfterAll
  static void unmount() throws Exception {
    fs.close();
  }

  private static void requireRoot() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
  }

  /** Runs a program; what it says on stdout and stderr. */
  private static String run(List<String> before, String... command) throws Exception {
    List<String> whole = new ArrayList<>(before);
    whole.addAll(List.of(command));
    Ended ended = Program.runToEnd(whole);
    return ended.out() + ended.err();
  }

  @FormatMethod
  private static String asNobody(String script, Object... values) throws Exception {
    return run(AS_NOBODY, "sh", "-c", script.formatted(values));
  }

  private static String python(String script, Object... arguments) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    for (Object each : arguments) {
      command.add(each.toString());
    }
    return run(List.of(), command.toArray(new String[0]));
  }

  @Test
  void row01_readdirFillsDType() throws Exception {
    fs.mkdir("r1");
    fs.mkdir("r1/below");
    List<Syscalls.Entry> entries = Syscalls.list(fs.path("r1"));
    assertThat(entries).extracting(Syscalls.Entry::name).contains("below", "tasks", LIMIT);
    for (Syscalls.Entry entry : entries) {
      boolean directory = Files.isDirectory(fs.path("r1/" + entry.name()));
      assertThat(entry.type())
          .as("d_type of %s", entry.name())
          .isEqualTo(directory ? Syscalls.DT_DIR : Syscalls.DT_REG);
    }
  }

  @Test
  void row02_chownAndChmodStick() throws Exception {
    requireRoot();
    fs.mkdir("r2");
    for (String name : List.of("r2", "r2/tasks", "r2/" + LIMIT)) {
      assertThat(Syscalls.chown(fs.path(name), 1001, 1002)).isZero();
      assertThat(Syscalls.chmod(fs.path(name), 0664)).isZero();
    }
    for (String name : List.of("r2", "r2/tasks", "r2/" + LIMIT)) {
      assertThat(run(List.of(), "stat", "-c", "%u %g %a", fs.path(name).toString()))
          .as(name)
          .isEqualTo("1001 1002 664\n");
    }
    assertThat(run(List.of(), "stat", "-c", "%u %g %a", fs.path("r2/memory.stat").toString()))
        .as("a file nobody changed")
        .isEqualTo("0 0 444\n");
  }

  @Test
  void row03_othersComeInUnderTheUsualChecks() throws Exception {
    requireRoot();
    fs.mkdir("r3");
    Path limit = fs.path("r3/" + LIMIT);
    assertThat(asNobody("cat '%s'", limit)).isEqualTo("9223372036854775807\n");
    assertThat(asNobody("/bin/echo 1M > '%s'", limit)).endsWith("Permission denied\n");
    assertThat(asNobody("mkdir '%s/x'", fs.path("r3"))).endsWith("Permission denied\n");
    for (Path mine : List.of(fs.path("r3"), limit)) {
      assertThat(Syscalls.chown(mine, NOBODY, NOBODY)).isZero();
    }
    assertThat(asNobody("/bin/echo 1M > '%s' && cat '%s'", limit, limit)).isEqualTo("1048576\n");
    assertThat(asNobody("mkdir '%s/x' && stat -c %%u '%s/x'", fs.path("r3"), fs.path("r3")))
        .isEqualTo(NOBODY + "\n");
    assertThat(asNobody("/bin/echo 1 > '%s'", fs.path("r3/memory.swappiness")))
        .as("a file that was not given away")
        .endsWith("Permission denied\n");
    assertThat(asNobody("chmod 777 '%s'", fs.path("r3/memory.stat")))
        .endsWith("Operation not permitted\n");
  }

  @Test
  void row04_theOpenersUidDecides() throws Exception {
    requireRoot();
    fs.mkdir("r4");
    for (String file : List.of("tasks", "cgroup.procs")) {
      Path path = fs.path("r4/" + file);
      assertThat(Syscalls.chown(path, NOBODY, NOBODY)).isZero();
      String said =
          python(
              """
              import errno, os, subprocess, sys
              def write(fd, text):
                try: return 'ok' if os.write(fd, text.encode()) == len(text) else 'short'
                except OSError as e: return errno.errorcode[e.errno]
              roots = subprocess.Popen(['sleep', '60'])
              theirs = subprocess.Popen(['sleep', '60'], user=65534)
              by_root = os.open(sys.argv[1], os.O_RDWR)
              os.seteuid(65534)
              by_nobody = os.open(sys.argv[1], os.O_RDWR)
              os.seteuid(0)
              print('opened by nobody, written by root:', write(by_nobody, '0'),
                    write(by_nobody, str(roots.pid)), write(by_nobody, str(theirs.pid)))
              os.seteuid(65534)
              print('opened by root, written by nobody:', write(by_root, str(roots.pid)),
                    write(by_root, '0'))
              os.seteuid(0)
              for each in roots, theirs: each.kill(); each.wait()
              """,
              path);
      assertThat(said)
          .as(file)
          .isEqualTo(
              """
              opened by nobody, written by root: EACCES EACCES ok
              opened by root, written by nobody: ok ok
              """);
    }
    assertThat(fs.read("r4/sim.why")).contains(EACCES.name(), "uid 65534, which opened the file");
  }

  @Test
  void row05_aCallersThreadIsTakenForItsProcess() throws Exception {
    fs.mkdir("r5");
    String said =
        python(
            """
            import ctypes, os, sys, threading
            libc = ctypes.CDLL(None)
            group = sys.argv[1]
            def write(file, text):
              fd = os.open(group + '/' + file, os.O_WRONLY)
              os.write(fd, text.encode())
              os.close(fd)
            def work():
              event = libc.eventfd(0, 0)
              usage = os.open(group + '/memory.usage_in_bytes', os.O_RDONLY)
              write('cgroup.event_control', '%d %d 1M' % (event, usage))
              write('memory.usage_in_bytes', '2M')
              print('events', int.from_bytes(os.read(event, 8), 'little'))
              write('memory.usage_in_bytes', '0')
              write('cgroup.procs', '0')
              procs = open(group + '/cgroup.procs').read().split()
              tasks = open(group + '/tasks').read().split()
              print(procs == [str(os.getpid())], len(tasks),
                    str(threading.get_native_id()) in tasks)
            thread = threading.Thread(target=work); thread.start(); thread.join()
            """,
            fs.path("r5"));
    assertThat(said).isEqualTo("events 1\nTrue 2 True\n");
  }

  @Test
  void row06_numbersAreThoseOfTheCallersPidNamespace() throws Exception {
    requireRoot();
    fs.mkdir("r6");
    Process outside = new ProcessBuilder("sleep", "60").start();
    try {
      fs.write("r6/cgroup.procs", Long.toString(outside.pid()));
      String script =
          """
          cd '%s'
          sleep 60 & sleeper=$!
          echo 1 > cgroup.procs
          echo $sleeper > tasks
          while read -r pid; do echo "procs $pid"; done < cgroup.procs
          while read -r tid; do echo "tasks $tid"; done < tasks
          echo "sleeper $sleeper"
          /bin/echo 4194304 2>&1 > tasks || echo refused
          """
              .formatted(fs.path("r6"));
      String said = run(List.of("unshare", "--pid", "--fork"), "sh", "-c", script);
      String sleeper = said.replaceFirst("(?s).*\nsleeper (\\d+)\n.*", "$1");
      assertThat(said)
          .isEqualTo(
              """
              procs 1
              procs S
              tasks 1
              tasks S
              sleeper S
              /bin/echo: write error: No such process
              refused
              """
                  .replace("S\n", sleeper + "\n"));
      assertThat(Integer.parseInt(sleeper)).as("an id in a young namespace").isLessThan(10);
      assertThat(fs.read("r6/cgroup.procs")).isEqualTo(outside.pid() + "\n");
    } finally {
      outside.destroyForcibly().waitFor();
    }
  }

  /** Whoever keeps the members; where /proc can only guess is in {@code MembershipIT}. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "proc"})
  void row07_membersAreInheritedOverForkAlsoWithCloneParent(String membership) throws Exception {
    try (MountedFs mount = MountedFs.start("--membership", membership)) {
      mount.mkdir("r7");
      assertThat(forkWithCloneParent(mount.path("r7")))
          .isEqualTo("True False\nthe sibling is a child of ours: True\n");
    }
  }

  private static String forkWithCloneParent(Path group) throws Exception {
    return python(
        """
            import os, signal, subprocess, sys
            group, inner = sys.argv[1:]
            def members(): return [int(i) for i in open(group + '/cgroup.procs').read().split()]
            first = subprocess.Popen([sys.executable, '-c', inner],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            open(group + '/cgroup.procs', 'w').write(str(first.pid))
            first.stdin.write(b'go\\n'); first.stdin.flush()
            child, sibling = [int(i) for i in first.stdout.readline().split()]
            print(members() == sorted([first.pid, child, sibling]), os.getpid() in members())
            stat = open('/proc/%d/stat' % sibling).read().split()
            print('the sibling is a child of ours:', int(stat[3]) == os.getpid())
            for each in child, first.pid, sibling: os.kill(each, signal.SIGKILL)
            for each in first.pid, sibling: os.waitpid(each, 0)
            """,
        group,
        """
            import ctypes, os, platform, signal
            CLONE_PARENT = 0x8000
            clone = {'x86_64': 56, 'aarch64': 220}[platform.machine()]
            input()
            child = os.fork()
            if child == 0: signal.pause()
            # a sibling: runc makes its init so
            sibling = ctypes.CDLL(None).syscall(clone, CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0)
            if sibling == 0: signal.pause()
            print(child, sibling, flush=True)
            signal.pause()
            """);
  }

  @Test
  void row08_readersThatUseSendfileGetTheWholeText() throws Exception {
    fs.mkdir("r8");
    Path stat = fs.path("r8/memory.stat");
    assertThat(Files.size(stat)).isEqualTo(fs.read("r8/memory.stat").length());
    String sendfile =
        "import os, sys; os.sendfile(1, os.open(sys.argv[1], os.O_RDONLY), 0, 1 << 20)";
    fs.write("r8/" + LIMIT, "65536");
    assertThat(python(sendfile, fs.path("r8/" + LIMIT))).isEqualTo("65536\n");
    assertThat(python(sendfile, stat)).isEqualTo(fs.read("r8/memory.stat"));
    assumeTrue(Files.exists(Path.of("/bin/busybox")), "busybox is missing");
    assertThat(run(List.of("/bin/busybox"), "cat", stat.toString()))
        .isEqualTo(fs.read("r8/memory.stat"));
  }

  @Test
  void row08_strictMountsHaveNoSizesAsInTheKernel() throws Exception {
    try (MountedFs strict = MountedFs.start("--strict")) {
      strict.mkdir("r8");
      assertThat(Files.size(strict.path("r8/memory.stat"))).isZero();
      assertThat(strict.read("r8/memory.stat")).contains("cache 0\n");
    }
  }

  @Test
  void row09_aHandleOfARemovedGroupIsNoDevice() throws Exception {
    // kernels of 3.x have made the list of tasks when the file was opened, and still give it out
    readsOfARemovedGroup(fs, 0);
    try (MountedFs later = MountedFs.start("--profile", "linux-6.18")) {
      readsOfARemovedGroup(later, -ENODEV.number());
    }
  }

  private static void readsOfARemovedGroup(MountedFs mount, int readOfTasks) throws Exception {
    mount.mkdir("r9");
    int limit = Syscalls.open(mount.path("r9/" + LIMIT), Syscalls.O_RDWR);
    int tasks = Syscalls.open(mount.path("r9/tasks"), Syscalls.O_RDWR);
    assertThat(Syscalls.tryRead(limit, 100)).isPositive();
    mount.rmdir("r9");
    assertThat(Syscalls.pread(limit, new byte[100], 0)).isEqualTo(-ENODEV.number());
    assertThat(Syscalls.pread(tasks, new byte[100], 0)).isEqualTo(readOfTasks);
    for (int fd : List.of(limit, tasks)) {
      assertThat(Syscalls.write(fd, "0")).isEqualTo(-ENODEV.number());
      assertThat(Syscalls.close(fd)).isZero();
    }
  }

  @Test
  void row10_aGroupWithProcessesReadsAUsageAboveZero() throws Exception {
    fs.mkdir("r10");
    assertThat(fs.read("r10/memory.usage_in_bytes")).isEqualTo("0\n");
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      fs.write("r10/cgroup.procs", Long.toString(process.pid()));
      assertThat(Long.parseLong(fs.read("r10/memory.usage_in_bytes").strip())).isPositive();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(fs.read("r10/memory.usage_in_bytes")).isEqualTo("0\n");
  }

  @Test
  void row11_memoryStatHasTheSmallestLimitOfTheHierarchy() throws Exception {
    fs.mkdir("r11");
    assertThat(fs.read("r11/memory.use_hierarchy")).isEqualTo("0\n");
    fs.write("r11/memory.use_hierarchy", "1");
    fs.mkdir("r11/below");
    assertThat(fs.read("r11/below/memory.use_hierarchy")).isEqualTo("1\n");
    fs.write("r11/" + LIMIT, "8M");
    fs.write("r11/below/" + LIMIT, "16M");
    assertThat(fs.read("r11/below/memory.stat")).contains("\nhierarchical_memory_limit 8388608\n");
    fs.write("r11/below/" + LIMIT, "4M");
    assertThat(fs.read("r11/below/memory.stat")).contains("\nhierarchical_memory_limit 4194304\n");
  }

  @Test
  void row12_linksAreTwoAndTheChildGroups() throws Exception {
    fs.mkdir("r12");
    for (int children = 0; children < 3; children++) {
      assertThat(Files.getAttribute(fs.path("r12"), "unix:nlink")).isEqualTo(2 + children);
      fs.mkdir("r12/" + children);
    }
    // find takes the number of links for granted and looks into no more directories than that
    assertThat(run(List.of("find"), fs.path("r12").toString(), "-mindepth", "1", "-type", "d"))
        .hasLineCount(3);
    fs.rmdir("r12/1");
    assertThat(Files.getAttribute(fs.path("r12"), "unix:nlink")).isEqualTo(4);
  }

  @Test
  void row13_aMounterWithoutUid0InAUserNamespaceMayMakeGroupsAtOnce() throws Exception {
    requireRoot();
    List<String> unshare =
        List.of(
            "unshare", "--user", "--map-user=1000", "--map-group=1000", "--keep-caps", "--mount");
    List<String> probe = new ArrayList<>(unshare);
    probe.add("true");
    assumeTrue(Program.runToEnd(probe).status() == 0, "no user namespaces here");
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    try {
      Path place = folder.resolve("mnt");
      List<String> mount = new ArrayList<>(List.of("sh", "-c", IN_A_USER_NAMESPACE, "sh"));
      mount.addAll(List.of(folder.toString(), place.toString()));
      mount.addAll(Program.command("mount", "--foreground", "--log", folder + "/log"));
      mount.add(place.toString());
      assertThat(run(unshare, mount.toArray(new String[0])))
          .isEqualTo("1000 1000 755\n1000 1000 755\n4096\nended with 143\n");
    } finally {
      run(List.of("rm", "-rf"), folder.toString());
    }
  }

  /** {@code sh FOLDER PLACE COMMAND…}: mounts, and the first thing that it does is mkdir. */
  private static final String IN_A_USER_NAMESPACE =
      """
      folder=$1 place=$2; shift 2
      : > "$folder/said"
      "$@" > "$folder/said" & daemon=$!
      while kill -0 $daemon && ! grep -q . "$folder/said"; do sleep 0.05; done
      mkdir "$place/g"
      stat -c '%u %g %a' "$place" "$place/g"
      echo 4096 > "$place/g/memory.limit_in_bytes"
      cat "$place/g/memory.limit_in_bytes"
      kill $daemon # 128 + SIGTERM
      wait $daemon
      echo "ended with $?"
      """;

  @Test
  void row14_aWriteDoesNotLeaveItsLengthAsTheSize() throws Exception {
    fs.mkdir("r14");
    Path limit = fs.path("r14/" + LIMIT);
    int fd = Syscalls.open(limit, Syscalls.O_RDWR);
    assertThat(Syscalls.write(fd, " ".repeat(50) + "4096")).isEqualTo(54);
    assertThat(Files.size(limit)).isEqualTo("4096\n".length());
    assertThat(Syscalls.pwrite(fd, "8192", 1000)).isEqualTo(4);
    assertThat(Files.size(limit)).isEqualTo("8192\n".length());
    assertThat(Syscalls.close(fd)).isZero();
    Map<String, Object> attributes = Files.readAttributes(limit, "size,isRegularFile");
    assertThat(attributes).containsEntry("size", 5L).containsEntry("isRegularFile", true);
  }
}
