package io.github.vcgroupfs.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.FormatMethod;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code cgroup.event_control} from the side of a client: a Python process with an eventfd, and a
 * mount. What it is told to do is a line of Python; it answers with a line.
 */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
class EventControlIT {
  private static final String CLIENT =
      """
      import ctypes, errno, os, select, sys, threading
      libc = ctypes.CDLL(None)
      root = sys.argv[1]
      def at(name, flags=os.O_RDONLY): return os.open(root + '/' + name, flags)
      def event(flags=0): return libc.eventfd(0, flags)
      def register(group, efd, cfd, args=''):
        out = at(group + '/cgroup.event_control', os.O_WRONLY)
        try: return 'ok' if os.write(out, ('%d %d %s' % (efd, cfd, args)).encode()) else 'short'
        except OSError as e: return errno.errorcode[e.errno]
        finally: os.close(out)
      def now(efd):
        if not select.select([efd], [], [], 0)[0]: return 0
        return int.from_bytes(os.read(efd, 8), 'little')
      def wait(efd):
        return now(efd) if select.select([efd], [], [], 20)[0] else 'never'
      def write(name, text):
        out = at(name, os.O_WRONLY)
        try: return 'ok' if os.write(out, text.encode()) else 'short'
        except OSError as e: return errno.errorcode[e.errno]
        finally: os.close(out)
      def serve():
        for line in sys.stdin:
          print(eval(line), flush=True)
      # Not the main thread: what FUSE tells is a thread id.
      thread = threading.Thread(target=serve); thread.start(); thread.join()
      """;

  private MountedFs mount;
  private Process client;
  private BufferedReader answers;
  private PrintStream orders;

  @BeforeEach
  void needPython() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
  }

  private void start(String... options) throws Exception {
    mount = MountedFs.start(options);
    startClient();
    mount.mkdir("a");
    mount.mkdir("b");
  }

  private void startClient(String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(List.of("/usr/bin/python3", "-c", CLIENT, mount.root().toString()));
    client = new ProcessBuilder(command).redirectErrorStream(true).start();
    answers =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    orders = new PrintStream(client.getOutputStream(), true, StandardCharsets.ISO_8859_1);
  }

  @AfterEach
  void stop() throws Exception {
    stopClient();
    if (mount != null) {
      mount.close();
    }
  }

  private void stopClient() throws InterruptedException {
    if (client != null) {
      client.destroyForcibly().waitFor();
    }
  }

  @FormatMethod
  private String ask(String expression, Object... values) throws IOException {
    orders.println(expression.formatted(values));
    return answers.readLine();
  }

  private int askFd(String expression) throws IOException {
    return Integer.parseInt(ask("%s", expression));
  }

  @Test
  void thresholdsWakeInBothDirections() throws Exception {
    start();
    int event = askFd("event()");
    int usage = askFd("at('a/memory.usage_in_bytes')");
    int memsw = askFd("at('a/memory.memsw.usage_in_bytes')");
    assertThat(ask("register('a', %d, %d, '1M')", event, usage)).isEqualTo("ok");
    assertThat(ask("register('a', %d, %d, '2M')", event, memsw)).isEqualTo("ok");
    assertThat(ask("now(%d)", event)).isEqualTo("0");
    mount.write("a/memory.usage_in_bytes", "3M");
    assertThat(ask("wait(%d)", event)).isEqualTo("2");
    assertThat(ask("write('a/memory.usage_in_bytes', '1536K') + str(now(%d))", event))
        .as("there when the write returns")
        .isEqualTo("ok1");
    mount.write("a/memory.usage_in_bytes", "0");
    assertThat(ask("wait(%d)", event)).isEqualTo("1");
  }

  @Test
  void outOfMemoryWakes() throws Exception {
    start();
    mount.write("a/memory.use_hierarchy", "1");
    mount.mkdir("a/c");
    int event = askFd("event()");
    int oom = askFd("at('a/c/memory.oom_control')");
    assertThat(ask("register('a/c', %d, %d)", event, oom)).isEqualTo("ok");
    mount.write("a/memory.limit_in_bytes", "1M");
    assertThat(ask("write('a/memory.usage_in_bytes', '2M') + str(now(%d))", event))
        .isEqualTo("ENOMEM1");
    mount.write("b/memory.oom_control", "1");
    mount.write("b/memory.limit_in_bytes", "1M");
    assertThat(ask("write('b/memory.usage_in_bytes', '2M')")).isEqualTo("ENOMEM");
    assertThat(mount.read("b/memory.oom_control")).isEqualTo("oom_kill_disable 1\nunder_oom 1\n");
    int other = askFd("at('b/memory.oom_control')");
    assertThat(ask("register('b', %d, %d) + str(now(%d))", event, other, event))
        .as("under OOM already")
        .isEqualTo("ok1");
  }

  @Test
  void rmdirWakesOnceForEachRegistration() throws Exception {
    start();
    int event = askFd("event()");
    int usage = askFd("at('a/memory.usage_in_bytes')");
    int oom = askFd("at('a/memory.oom_control')");
    assertThat(ask("register('a', %d, %d, '1G')", event, usage)).isEqualTo("ok");
    assertThat(ask("register('a', %d, %d)", event, oom)).isEqualTo("ok");
    mount.write("a/memory.usage_in_bytes", "1M");
    mount.rmdir("a");
    assertThat(ask("wait(%d)", event)).isEqualTo("2");
  }

  @Test
  void pressureWakes() throws Exception {
    Optional<KernelProfile> profile =
        Profiles.all().stream().filter(each -> each.has(KernelFeature.PRESSURE_LEVEL)).findFirst();
    assumeTrue(profile.isPresent(), "no profile has memory.pressure_level");
    start("--profile", profile.get().id());
    int event = askFd("event()");
    int low = askFd("event()");
    int level = askFd("at('a/memory.pressure_level')");
    assertThat(ask("register('a', %d, %d, 'critical')", event, level)).isEqualTo("ok");
    assertThat(ask("register('a', %d, %d, 'low')", low, level)).isEqualTo("ok");
    assertThat(ask("register('a', %d, %d, 'bogus')", low, level)).isEqualTo("EINVAL");
    mount.write("a/memory.limit_in_bytes", "1M");
    assertThat(ask("write('a/memory.usage_in_bytes', '2M') + str(now(%d))", event))
        .isEqualTo("ENOMEM1");
    assertThat(ask("now(%d)", low)).isEqualTo("1");
    // TCP pressure: eight senders and nobody who reads
    mount.write("a/memory.kmem.tcp.limit_in_bytes", "64K");
    mount.write("a/sim.tcp.flows", "add f connections=8 chunk=16K send=max read=0");
    assertThat(ask("wait(%d)", low)).isNotEqualTo("never");
  }

  @Test
  void socketsCrossThresholdsToo() throws Exception {
    start();
    int event = askFd("event()");
    int usage = askFd("at('a/memory.usage_in_bytes')");
    mount.write("a/kmem.tcp.limit_in_bytes", "256K");
    assertThat(ask("register('a', %d, %d, '128K')", event, usage)).isEqualTo("ok");
    mount.write("a/sim.tcp.flows", "add f connections=8 chunk=16K send=max read=0");
    assertThat(ask("wait(%d)", event)).isEqualTo("1");
    mount.write("a/sim.tcp.flows", "remove f");
    assertThat(ask("wait(%d)", event)).isEqualTo("1");
  }

  @Test
  void badDescriptorsGetTheKernelsErrnos() throws Exception {
    start("--strict");
    int event = askFd("event()");
    int usage = askFd("at('a/memory.usage_in_bytes')");
    int directory = askFd("at('a')");
    int other = askFd("at('a/memory.limit_in_bytes')");
    int path = askFd("at('a/memory.usage_in_bytes', os.O_PATH)");
    int foreign = askFd("os.open('/etc/passwd', os.O_RDONLY)");
    assertThat(ask("register('a', %d, %d, '1M')", event, usage)).isEqualTo("ok");
    assertThat(ask("register('a', 999, %d)", usage)).isEqualTo("EBADF");
    assertThat(ask("register('a', %d, 999)", event)).isEqualTo("EBADF");
    assertThat(ask("register('a', %d, %d)", usage, event)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", directory, event)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", foreign, usage)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", event, event)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", event, directory)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d, '1')", event, other)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", event, foreign)).isEqualTo("EINVAL");
    assertThat(ask("register('a', %d, %d)", event, path)).isEqualTo("EBADF");
    assertThat(ask("register('a', %d, %d, 'x')", event, usage)).isEqualTo("EINVAL");
    assertThat(ask("write('a/cgroup.event_control', '1')")).isEqualTo("EINVAL");
    assertThat(ask("now(%d)", event)).isEqualTo("0");
  }

  @Test
  void theFileIsFoundThroughAnotherMountInAnotherNamespace() throws Exception {
    assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "needs root");
    mount = MountedFs.start();
    mount.mkdir("a");
    // a private mount namespace where the hierarchy is bound elsewhere
    Path elsewhere = Files.createTempDirectory("vcgroupfs-bound");
    try {
      String bind = "mount --bind '%s' '%s' && exec \"$@\"".formatted(mount.root(), elsewhere);
      startClient("unshare", "-m", "sh", "-c", bind, "sh");
      assertThat(ask("globals().update(root='%s')", elsewhere)).isEqualTo("None");
      int event = askFd("event()");
      int usage = askFd("at('a/memory.usage_in_bytes')");
      assertThat(ask("register('a', %d, %d, '1M')", event, usage)).isEqualTo("ok");
      mount.write("a/memory.usage_in_bytes", "3M");
      assertThat(ask("wait(%d)", event)).isEqualTo("1");
      stopClient();
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void aClientThatDiesLeavesTheMountInOrder() throws Exception {
    start();
    int usage = askFd("at('a/memory.usage_in_bytes')");
    for (int i = 0; i < 100; i++) {
      assertThat(ask("register('a', event(), %d, '%dK')", usage, 4 * i)).isEqualTo("ok");
    }
    stopClient();
    mount.write("a/memory.usage_in_bytes", "3M");
    startClient();
    int event = askFd("event()");
    int again = askFd("at('a/memory.usage_in_bytes')");
    for (int i = 0; i < 40; i++) {
      assertThat(ask("register('a', %d, %d, '1M')", event, again)).isEqualTo("ok");
    }
    mount.write("a/memory.usage_in_bytes", "0");
    assertThat(ask("wait(%d)", event)).isEqualTo("40");
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + mount.daemon().pid() + "/fd"))) {
      assertThat(descriptors.filter(EventControlIT::isPidfd).count())
          .as("processes the daemon still looks at")
          .isLessThanOrEqualTo(40);
    }
  }

  private static boolean isPidfd(Path descriptor) {
    try {
      String leadsTo = Files.readSymbolicLink(descriptor).toString();
      return leadsTo.contains("pidfd");
    } catch (IOException gone) {
      return false;
    }
  }
}
