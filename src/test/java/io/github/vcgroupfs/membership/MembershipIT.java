package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The two back ends that have their knowledge from the kernel, over a mount. Where {@code /proc}
 * can only guess they must be exact. The one with a hierarchy leaves nothing behind; the default
 * shows in no process of the machine.
 */
@MountTest
@Isolated("every daemon that starts removes hierarchies that others left, which is tested here")
@Tag("jdk")
@Tag("single-cpu")
class MembershipIT {
  /**
   * Puppets that fork, with CLONE_PARENT or through a child that is gone at once, and nobody looks
   * between. What was done is compared with what the mount shows.
   */
  private static final String PUPPETS =
      """
      import ctypes, os, platform, random, signal, socket, sys, tempfile, time
      root, seed = sys.argv[1], int(sys.argv[2])
      libc = ctypes.CDLL(None)
      clone, CLONE_PARENT = {'x86_64': 56, 'aarch64': 220}[platform.machine()], 0x8000
      folder = tempfile.mkdtemp()
      main = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      main.bind(folder + '/main'); main.settimeout(20)
      signal.signal(signal.SIGCHLD, signal.SIG_IGN)
      def puppet():
        own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        own.settimeout(60) # should nobody end it
        own.bind(folder + '/%d' % os.getpid())
        own.sendto(b'%d' % os.getpid(), folder + '/main')
        while True:
          order = own.recv(10)
          if order == b'fork':
            if os.fork() == 0: return puppet()
          elif order == b'sibling':
            if libc.syscall(clone, CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0) == 0: return puppet()
          elif order == b'orphan':
            if os.fork() == 0:
              if os.fork() == 0: return puppet()
              os._exit(0)
          elif order == b'end': os._exit(0)
      def tell(pid, order): main.sendto(order, folder + '/%d' % pid)
      def new(): return int(main.recv(20))
      def members(group, file):
        return sorted(int(line) for line in open(root + group + '/' + file))
      def await_end(pid): # whoever adopted it may be slow to bury it
        while True:
          try: state = open('/proc/%d/stat' % pid).read().rpartition(')')[2].split()[0]
          except (FileNotFoundError, ProcessLookupError): return
          if state in 'ZX': return
          time.sleep(0.001)
      draw = random.Random(seed)
      groups = ['', '/a', '/b', '/a/c']
      for group in groups[1:]: os.mkdir(root + group)
      if os.fork() == 0: puppet()
      where = {new(): ''}
      for step in range(400):
        pid = draw.choice(sorted(where))
        action = draw.randrange(10) if len(where) < 60 else 9
        if action < 6:
          tell(pid, [b'fork', b'sibling', b'orphan'][action % 3])
          where[new()] = where[pid]
        elif action < 9:
          group = draw.choice(groups)
          with open(root + group + '/' + draw.choice(['tasks', 'cgroup.procs']), 'w') as file:
            file.write(str(pid))
          where[pid] = group
        elif len(where) > 1:
          tell(pid, b'end')
          del where[pid]
          await_end(pid)
      wrong = []
      for group in groups:
        expected = sorted(pid for pid in where if where[pid] == group)
        for file in 'tasks', 'cgroup.procs':
          found = members(group, file)
          if group == '': found = [pid for pid in found if pid in where]
          if found != expected: wrong.append((group, file, expected, found))
      for pid in where: tell(pid, b'end')
      for pid in where: await_end(pid)
      for group in reversed(groups[1:]): os.rmdir(root + group)
      print(len(where) > 10, wrong)
      """;

  private static final String[] HIERARCHY = {"--membership", "hierarchy"};

  private final TestProcesses processes = new TestProcesses();

  @BeforeEach
  void requireTheKernelsLeave() throws IOException {
    try {
      HierarchyMembership.open().close();
    } catch (IOException impossible) {
      abort(impossible.getMessage()); // this kernel or user has no such hierarchies
    }
  }

  @AfterEach
  void endProcesses() {
    processes.endAll();
  }

  private static List<String> hierarchiesOf(MountedFs mount) throws IOException {
    return NamedHierarchy.names().stream()
        .filter(name -> name.contains("-" + mount.daemon().pid() + "-"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "auto, 2", "hierarchy, 3"})
  void everyProcessIsWhereTheKernelHasItThoughNobodyLooked(String mode, int seed) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    try (MountedFs mount = MountedFs.start("--membership", mode)) {
      List<String> puppets = new ArrayList<>(List.of("/usr/bin/python3", "-c", PUPPETS));
      puppets.addAll(List.of(mount.root().toString(), Integer.toString(seed)));
      Program.Ended ended = Program.runToEnd(puppets);
      assertThat(ended.out() + ended.err()).isEqualTo("True []\n");
    }
  }

  @Test
  void nothingStaysInTheKernelAndTheProcessesLiveOn() throws Exception {
    int pid = processes.start();
    MountedFs mount = MountedFs.start(HIERARCHY);
    mount.mkdir("a");
    mount.mkdir("a/b");
    mount.write("a/cgroup.procs", Integer.toString(processes.start()));
    mount.write("a/b/cgroup.procs", Integer.toString(pid));
    assertThat(hierarchiesOf(mount)).hasSize(1);
    mount.close();
    assertThat(hierarchiesOf(mount)).isEmpty();
    assertThat(ProcessHandle.of(pid)).isPresent();
  }

  /**
   * What containerd does before it touches a group: for each hierarchy of a process it looks for
   * the mount, and refuses every path if there is none for one of them. {@code existingPath} and
   * {@code getCgroupDestination} in its library {@code cgroups}.
   */
  private static Map<String, String> mountsOfHierarchies(String pid, List<String> mountInfo)
      throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("/proc", pid, "cgroup"))) {
      for (String name : line.split(":", 3)[1].split(",", -1)) {
        if (!name.isEmpty() && !isOfAnotherTest(name)) { // empty: v2
          found.put(name, mountOf(name, mountInfo));
        }
      }
    }
    return found;
  }

  /** Of a daemon that none of our processes has started. */
  private static boolean isOfAnotherTest(String hierarchy) {
    HierarchyName name = HierarchyName.parse(hierarchy.replace("name=", ""));
    return name != null
        && Stream.iterate(
                ProcessHandle.of(name.pid()), Optional::isPresent, at -> at.get().parent())
            .noneMatch(at -> at.equals(Optional.of(ProcessHandle.current())));
  }

  private static String mountOf(String hierarchy, List<String> mountInfo) {
    for (String line : mountInfo) {
      List<String> fields = List.of(line.split(" ", -1));
      int last = fields.size() - 1;
      if (fields.get(last - 2).equals("cgroup")
          && List.of(fields.get(last).split(",", -1)).contains(hierarchy)) {
        return fields.get(3);
      }
    }
    return "no mount of it";
  }

  /** As that library sees init, and as it sees this process. */
  private static List<Map<String, String>> asContainerdSeesIt() throws IOException {
    List<String> mountInfo = Files.readAllLines(Path.of("/proc/self/mountinfo"));
    return List.of(mountsOfHierarchies("1", mountInfo), mountsOfHierarchies("self", mountInfo));
  }

  @Test
  void noProcessShowsAnyKindOfMountButThatWhichSaysSo() throws Exception {
    List<Map<String, String>> before = asContainerdSeesIt();
    List<MountedFs> mounts = new ArrayList<>();
    Process run = null;
    try {
      mounts.add(MountedFs.start());
      mounts.add(MountedFs.start("--strict", "--profile", "linux-6.18"));
      mounts.add(MountedFs.start("--membership", "proc"));
      mounts.add(MountedFs.start("--preset", "kmem-leak"));
      for (MountedFs each : mounts) {
        each.mkdir("a");
        each.write("a/cgroup.procs", Integer.toString(processes.start()));
      }
      MountedFs several =
          MountedFs.start("--profile", "linux-6.18", "--controllers", "memory,pids,name=systemd");
      mounts.add(several);
      for (String hierarchy : List.of("memory", "pids", "systemd")) {
        several.mkdir(hierarchy + "/a");
        several.write(hierarchy + "/a/cgroup.procs", Integer.toString(processes.start()));
      }
      run = new ProcessBuilder(Program.command("run", "--", "sh", "-c", "echo up; read x")).start();
      assertThat(run.getInputStream().read()).as("run is up").isEqualTo('u');

      assertThat(asContainerdSeesIt()).isEqualTo(before);
      assertThat(before.toString()).doesNotContain("no mount of it");

      MountedFs explicit = MountedFs.start(HIERARCHY);
      mounts.add(explicit);
      assertThat(hierarchiesOf(explicit)).hasSize(1);
      assertThat(asContainerdSeesIt().toString()).contains("no mount of it");
    } finally {
      if (run != null) {
        run.getOutputStream().close();
        run.waitFor();
      }
      for (MountedFs each : mounts) {
        each.close();
      }
    }
    assertThat(asContainerdSeesIt()).isEqualTo(before);
  }

  @Test
  void whatAKilledDaemonLeftIsRemovedByTheNext() throws Exception {
    int pid = processes.start();
    MountedFs killed = MountedFs.start(HIERARCHY);
    killed.mkdir("a");
    killed.write("a/cgroup.procs", Integer.toString(pid));
    killed.kill();
    assertThat(hierarchiesOf(killed)).as("the group with the process keeps it").hasSize(1);
    try (MountedFs next = MountedFs.start(HIERARCHY)) {
      assertThat(hierarchiesOf(killed)).isEmpty();
      assertThat(next.read("cgroup.procs")).contains(pid + "\n");
      next.mkdir("a");
      next.write("a/cgroup.procs", Integer.toString(pid));
      assertThat(next.read("a/cgroup.procs")).isEqualTo(pid + "\n");
    } finally {
      killed.close();
    }
  }

  @Test
  void whereItIsNotPossibleTheMountSaysSo() throws Exception {
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    List<String> unshare = new ArrayList<>(List.of("unshare", "--cgroup"));
    assumeTrue(
        Program.runToEnd(List.of("unshare", "--cgroup", "true")).status() == 0, "no unshare");
    unshare.addAll(Program.command("mount", "--log", folder + "/log", "--membership", "hierarchy"));
    unshare.add(folder + "/mnt");
    Program.Ended ended = Program.runToEnd(unshare);
    assertThat(ended.err())
        .startsWith("vcgroupfs: --membership hierarchy: this kernel or user has no");
    assertThat(ended.status()).isEqualTo(3);
    Program.runToEnd(List.of("rm", "-rf", folder.toString()));
  }
}
