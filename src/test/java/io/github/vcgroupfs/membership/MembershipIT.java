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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The back end that lets the kernel keep the members, over a mount: where {@code /proc} can only
 * guess it must be exact, and it leaves nothing behind.
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
  @ValueSource(ints = {1, 2, 3})
  void everyProcessIsWhereTheKernelHasItThoughNobodyLooked(int seed) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    try (MountedFs mount = MountedFs.start(HIERARCHY)) {
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

  @Test
  void aMountThatNobodyIsMovedInMakesNoHierarchy() throws Exception {
    try (MountedFs mount = MountedFs.start()) {
      mount.mkdir("a");
      assertThat(mount.read("a/tasks")).isEmpty();
      assertThat(mount.read("tasks")).contains(mount.daemon().pid() + "\n");
      assertThat(hierarchiesOf(mount)).isEmpty();
      mount.write("a/tasks", Integer.toString(processes.start()));
      assertThat(hierarchiesOf(mount)).as("auto").hasSize(1);
    }
    try (MountedFs mount = MountedFs.start("--membership", "proc")) {
      mount.mkdir("a");
      mount.write("a/tasks", Integer.toString(processes.start()));
      assertThat(hierarchiesOf(mount)).as("proc").isEmpty();
    }
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
