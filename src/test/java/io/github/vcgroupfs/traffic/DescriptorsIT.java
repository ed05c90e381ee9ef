package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A daemon that may have few descriptors. Clients use up those that are theirs; with the last ones,
 * which are its own, it goes on: it knows who is in which group, and unmounts when it ends.
 */
@MountTest
class DescriptorsIT {
  /** So few that sockets of relays are refused before the quota of a mount is used up. */
  private static final int LIMIT = 48;

  /** What the daemon keeps for itself: a quarter. */
  private static final int RESERVE = LIMIT / 4;

  private static final int TIMEOUT_MS = 20_000;
  private static final int MAX_LOOKS = 1_000;
  private static final int PAUSE_MS = 10;

  private final TestProcesses processes = new TestProcesses();
  private final List<Integer> events = new ArrayList<>();
  private MountedFs fs;
  private ServerSocket server;
  private int port;

  @BeforeEach
  void startDaemon() throws Exception {
    Needs.programs("prlimit");
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Path place = folder.resolve("mnt");
    List<String> command =
        new ArrayList<>(List.of("prlimit", "--nofile=%d:%d".formatted(LIMIT, LIMIT)));
    command.addAll(Program.command("mount", "--foreground", "--log", folder + "/log", place + ""));
    fs = MountedFs.start(folder, place, command);
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(TIMEOUT_MS);
    port = freePort();
    fs.mkdir("eater");
    fs.mkdir("g");
    fs.write("g/sim.tcp.relay", relay("r", port));
  }

  @AfterEach
  void end() throws Exception {
    processes.endAll();
    events.forEach(Syscalls::close);
    server.close();
    fs.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String relay(String name, int at) {
    return "add %s listen=127.0.0.1:%d connect=127.0.0.1:%d"
        .formatted(name, at, server.getLocalPort());
  }

  /** Registers events until one is refused; the answer to that. */
  private int eat(String group) {
    for (int i = 0; i < LIMIT; i++) {
      int answer = register(group);
      if (answer < 0) {
        return answer;
      }
    }
    return 0;
  }

  private int register(String group) {
    int event = Syscalls.eventfd();
    events.add(event);
    int usage = Syscalls.open(fs.path(group + "/memory.usage_in_bytes"), Syscalls.O_RDONLY);
    int answer =
        Syscalls.writeOnce(
            fs.path(group + "/cgroup.event_control"), "%d %d 4096".formatted(event, usage));
    Syscalls.close(usage);
    return answer;
  }

  /** Adds relays until one is refused; an event takes two descriptors, so there may be one left. */
  private int listen() throws IOException {
    int answer = 0;
    for (int i = 0; i < LIMIT && answer >= 0; i++) {
      answer = Syscalls.writeOnce(fs.path("g/sim.tcp.relay"), relay("s" + i, freePort()));
    }
    return answer;
  }

  private boolean passes() throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(TIMEOUT_MS);
      client.getOutputStream().write('x');
      if (client.getInputStream().read() < 0) {
        return false;
      }
    } catch (IOException reset) {
      return false;
    }
    return true;
  }

  @Test
  void whoIsRefusedIsToldWhyAndTheDaemonGoesOn() throws Exception {
    assertThat(eat("eater")).isEqualTo(-Errno.ENOSPC.number());
    assertThat(fs.read("eater/sim.why"))
        .contains(" ENOSPC: this mount has ")
        .contains(" descriptors of the daemon in use, ")
        .contains(" but %d is the most: ".formatted(LIMIT / 2))
        .contains("raise ulimit -n of the daemon");

    int child = processes.start();
    fs.write("g/tasks", Integer.toString(child));
    assertThat(fs.read("g/tasks")).isEqualTo(child + "\n");
    assertThat(fs.read("sim.proc/mounts")).isNotEmpty();
    assertThat(listen()).isEqualTo(-Errno.EMFILE.number());
    assertThat(fs.read("g/sim.why"))
        .contains(
            " EMFILE: the daemon can hold no more sockets: %d of its %d descriptors"
                .formatted(RESERVE, LIMIT));
    assertThat(passes()).isFalse();
    assertThat(fs.log()).contains("relay r: reset a connection, no descriptors are left");

    fs.rmdir("eater");
    int again = -1;
    for (int i = 0; i < MAX_LOOKS && again < 0; i++) { // they are closed soon, by another thread
      again = register("g");
      Thread.sleep(PAUSE_MS);
    }
    assertThat(again).isPositive();
    Thread echo = new Thread(this::answerOne, "server");
    echo.start();
    assertThat(passes()).isTrue();
    echo.join();
  }

  private void answerOne() {
    try (Socket accepted = server.accept()) {
      accepted.getOutputStream().write(accepted.getInputStream().read());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDaemonThatIsFullUnmountsWhenItEnds() throws Exception {
    assertThat(eat("eater")).isNegative();
    fs.daemon().destroy();
    fs.awaitEnd();
    assertThat(fs.errors()).isEmpty();
    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
        .noneMatch(line -> line.contains(" " + fs.root()));
  }
}
