package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.os.PerfRings;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The members of a mount with the default options, where root may listen to the kernel: they are
 * exact at once, whatever threads and programs do.
 */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
class EventsIT {
  /** Moves itself into a group and can list it. What is printed is to be True. */
  private static final String MEMBER =
      """
      import os, shutil, signal, subprocess, sys, tempfile, threading, time
      root, daemon, me = sys.argv[1], int(sys.argv[2]), os.getpid()
      def members(file='cgroup.procs', group='/a'):
        return [int(line) for line in open(root + group + '/' + file)]
      def move(id, file='cgroup.procs', group='/a'):
        with open(root + group + '/' + file, 'w') as out: out.write(str(id))
      def eventually(what):
        for i in range(4000):
          if what(): return True
          time.sleep(0.005)
        return False
      def runs(pid, program):
        return eventually(lambda: open('/proc/%d/comm' % pid).read() == program + '\\n')
      move(me)
      """;

  private MountedFs mount;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(mayListen(), "this kernel or user has no events of tasks");
    Needs.programs("python3");
    mount = MountedFs.start("--log-level", "debug");
    mount.mkdir("a");
    mount.mkdir("b");
  }

  private static boolean mayListen() {
    try {
      PerfRings.open(System::nanoTime).close();
      return true;
    } catch (IOException impossible) {
      return false;
    }
  }

  @AfterEach
  void end() throws IOException {
    if (mount != null) {
      mount.close();
    }
  }

  private void assertTrueOf(String script) throws Exception {
    String root = mount.root().toString();
    String daemon = Long.toString(mount.daemon().pid());
    Program.Ended ended = Program.runToEnd(List.of("python3", "-c", MEMBER + script, root, daemon));
    assertThat((ended.out() + ended.err()).lines()).isNotEmpty().allMatch("True"::equals);
    assertThat(ended.status()).isZero();
    assertThat(mount.log()).contains("members are told by the events of the kernel");
  }

  /** Parents that are gone at once, some with an orphan in a session of its own, which stays. */
  @Test
  void twoThousandForksInABurst() throws Exception {
    assertTrueOf(
        """
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        count, stay = 1000, 100
        told, tell = os.pipe()
        wait, end = os.pipe()
        for i in range(count):
          if os.fork() == 0:
            if os.fork() == 0 and i % (count // stay) == 0:
              os.setsid()
              os.write(tell, b'%8d' % os.getpid())
              os.close(end)
              os.read(wait, 1)
            os._exit(0)
        orphans = {int(os.read(told, 8)) for i in range(stay)}
        print(len(orphans) == stay)
        print(orphans | {me} <= set(members('tasks')))
        print(eventually(lambda: members() == sorted(orphans | {me})))
        os.close(end)
        print(eventually(lambda: members() == [me]))
        """);
  }

  @Test
  void threadsAndExecByAnyOfThem() throws Exception {
    assertTrueOf(
        """
        go, tids = threading.Event(), []
        def work():
          tids.append(threading.get_native_id())
          go.wait()
        threads = [threading.Thread(target=work) for i in range(30)]
        for thread in threads: thread.start()
        print(eventually(lambda: len(tids) == 30))
        print(members('tasks') == sorted(tids + [me]))
        print(members() == [me])
        move(tids[0], 'tasks', '/b')
        print(members('tasks', '/b') == [tids[0]])
        print(members(group='/b') == [me])
        print(members('tasks') == sorted(tids[1:] + [me]))
        go.set()
        for thread in threads: thread.join()
        print(eventually(lambda: members('tasks', '/b') == []))

        def execed():
          move(threading.get_native_id(), 'tasks', '/b')
          os.execv('/bin/sleep', ['sleep', '100'])
        child = os.fork()
        if child == 0:
          threading.Thread(target=execed).start()
          time.sleep(100)
        print(runs(child, 'sleep'))
        print(members('tasks', '/b') == [child])
        print(members('tasks') == [me])
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(members('tasks', '/b') == [])
        """);
  }

  /** The kernel says of such a program that it ends, when it begins. */
  @Test
  void aProgramWithTheSetuidBitStaysAMember() throws Exception {
    assertTrueOf(
        """
        folder = tempfile.mkdtemp()
        os.chmod(folder, 0o755)
        program = shutil.copy('/bin/sleep', folder + '/other')
        os.chown(program, 65534, 65534)
        os.chmod(program, 0o4755)
        child = subprocess.Popen([program, '100'])
        print(runs(child.pid, 'other'))
        print(eventually(lambda: members() == [me, child.pid] or members() == [child.pid, me]))
        print(child.pid in members('tasks'))
        child.kill()
        child.wait()
        print(members() == [me])
        shutil.rmtree(folder)
        """);
  }

  /** Everything happens on one processor, so that its ring of 256 KiB is soon full. */
  @Test
  void aDaemonThatWasStoppedTooLongLooksAtProc() throws Exception {
    assertTrueOf(
        """
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        ends = subprocess.Popen(['sleep', '100'])
        print(ends.pid in members())
        os.kill(daemon, signal.SIGSTOP)
        for i in range(4000):
          thread = threading.Thread(target=int)
          thread.start()
          thread.join()
        ends.kill()
        ends.wait()
        born = subprocess.Popen(['sleep', '100'])
        os.kill(daemon, signal.SIGCONT)
        print(members() == sorted([me, born.pid]))
        born.kill()
        born.wait()
        print(members() == [me])
        """);
    assertThat(mount.log()).contains("could not keep all births and ends");
  }
}
