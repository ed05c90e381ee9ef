package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Something waits, or takes long, and somebody else reads a small file meanwhile. */
@MountTest
@Isolated("it measures")
@Tag("jdk")
class BystanderIT {
  private static final int CALLS = 64;

  /** With a hundred thousand it is the same, but takes twelve seconds. */
  private static final int DEFAULT_GROUPS = 20_000;

  private static final String FILE = "other/memory.limit_in_bytes";

  /** Registers an eventfd for usage, and says so. Then it prints what it has counted. */
  private static final String CLIENT =
      """
      import ctypes, os, sys
      group = sys.argv[1]
      efd = ctypes.CDLL(None).eventfd(0, 0)
      usage = os.open(group + '/memory.usage_in_bytes', os.O_RDONLY)
      out = os.open(group + '/cgroup.event_control', os.O_WRONLY)
      os.write(out, ('%d %d 1M' % (efd, usage)).encode())
      print('registered', flush=True)
      sys.stdin.readline()
      print(int.from_bytes(os.read(efd, 8), 'little'), flush=True)
      """;

  private final List<Thread> threads = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private MountedFs mount;

  @AfterEach
  void end() throws Exception {
    done.set(true);
    for (Process each : processes) {
      each.destroyForcibly().waitFor();
    }
    if (mount != null) {
      mount.close();
    }
    for (Thread each : threads) {
      each.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(each.isAlive()).as("%s", each).isFalse();
    }
  }

  private void mount(String... options) throws Exception {
    mount = MountedFs.start(options);
    mount.mkdir("web");
    mount.mkdir("other");
  }

  private interface Action {
    void run() throws Exception;
  }

  /** Does it on a thread of its own, whatever comes of it. */
  private Thread begin(Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (IOException refused) {
                assertThat(done).isTrue();
              } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
              }
            });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Does it again and again until the test ends. */
  private void repeat(Action action) {
    begin(
        () -> {
          while (!done.get()) {
            action.run();
          }
        });
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(2);
    }
  }

  private void delayCalls() throws Exception {
    mount.write("web/sim.fault", "read memory.stat delay=60s");
    for (int i = 0; i < CALLS; i++) {
      begin(() -> assertThat(mount.read("web/memory.stat")).isNotEmpty());
    }
    await(() -> mount.read("web/sim.fault").contains("struck " + CALLS));
  }

  @Test
  void whileSixtyFourCallsAreDelayed() throws Exception {
    mount();
    Bystander bystander = Bystander.of(mount.path(FILE));
    delayCalls();
    bystander.isNotHeldUp(CALLS + " delayed calls");
    mount.mkdir("other/made");
    mount.rmdir("other/made");
    mount.write("web/sim.fault", "clear"); // and all of them are carried out: see end()
    for (Thread each : threads) {
      each.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(each.isAlive()).isFalse();
    }
  }

  @Test
  void delayedCallsEndWithTheirCallerWithTheirGroupAndWithTheMount() throws Exception {
    mount();
    mount.write("web/sim.fault", "read memory.stat delay=60s");
    mount.mkdir("web/deep");
    mount.write("web/deep/sim.fault", "read memory.stat delay=60s");
    for (String group : List.of("web", "web", "web/deep")) {
      Process cat =
          new ProcessBuilder("cat", mount.path(group + "/memory.stat").toString())
              .redirectErrorStream(true)
              .start();
      processes.add(cat);
    }
    await(() -> mount.read("web/sim.fault").contains("struck 2"));
    await(() -> mount.read("web/deep/sim.fault").contains("struck 1"));
    processes.get(0).destroyForcibly();
    assertThat(processes.get(0).waitFor(20, TimeUnit.SECONDS)).as("killed").isTrue();
    mount.rmdir("web/deep");
    assertThat(processes.get(2).waitFor(20, TimeUnit.SECONDS)).as("its group is gone").isTrue();
    assertThat(processes.get(1).isAlive()).isTrue();
    done.set(true);
    mount.close();
    assertThat(processes.get(1).waitFor(20, TimeUnit.SECONDS)).as("its mount is gone").isTrue();
    mount = null;
  }

  @Test
  void whileAStoppedProcessHasAnEventfd() throws Exception {
    Needs.programs("python3", "kill");
    mount();
    Process client =
        new ProcessBuilder("python3", "-c", CLIENT, mount.path("web").toString())
            .redirectErrorStream(true)
            .start();
    processes.add(client);
    BufferedReader says =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    assertThat(says.readLine()).isEqualTo("registered");
    Bystander bystander = Bystander.of(mount.path(FILE));
    Program.runToEnd(List.of("kill", "-STOP", Long.toString(client.pid())));
    repeat(
        () -> {
          mount.write("web/memory.usage_in_bytes", "2M");
          mount.write("web/memory.usage_in_bytes", "0");
        });
    bystander.isNotHeldUp("events for a stopped process");
    Program.runToEnd(List.of("kill", "-CONT", Long.toString(client.pid())));
    client.getOutputStream().write('\n');
    client.getOutputStream().flush();
    assertThat(Long.parseLong(says.readLine())).isPositive();
  }

  @Test
  void whileReleaseAgentsDoNotEnd(@TempDir Path folder) throws Exception {
    Path pids = folder.resolve("pids");
    Path agent = folder.resolve("agent");
    Files.writeString(agent, "#!/bin/sh\necho $$ >> %s\nexec sleep 600\n".formatted(pids));
    Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    mount("--release-agent", "run");
    Bystander bystander = Bystander.of(mount.path(FILE));
    TestProcesses sleepers = new TestProcesses();
    int pid = sleepers.start();
    try {
      mount.write("release_agent", agent.toString());
      mount.write("web/notify_on_release", "1");
      for (int i = 0; i < 12; i++) { // more than can run at once
        mount.write("web/cgroup.procs", Integer.toString(pid));
        mount.write("cgroup.procs", Integer.toString(pid));
      }
      await(() -> Files.exists(pids) && Files.readAllLines(pids).size() >= 8);
      bystander.isNotHeldUp("release agents that do not end");
      mount.write("web/cgroup.procs", Integer.toString(pid));
      mount.write("cgroup.procs", Integer.toString(pid));
      mount.rmdir("web");
      assertThat(mount.read("sim.journal")).contains("release_agent");
    } finally {
      sleepers.endAll();
      mount.close();
      mount = null;
      for (String each : Files.readAllLines(pids)) {
        Program.runToEnd(List.of("kill", "-KILL", each));
      }
    }
  }

  /** The name server is there and silent: it has the address, and a socket, in a namespace. */
  @Test
  void whileARelayLooksUpANameThatNobodyAnswersFor(@TempDir Path folder) throws Exception {
    Needs.programs("unshare", "ip", "python3");
    List<String> servers =
        Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
            .map(line -> line.strip().split("\\s+", -1))
            .filter(words -> words.length > 1 && words[0].equals("nameserver"))
            .map(words -> words[1])
            .toList();
    Needs.that(!servers.isEmpty(), "/etc/resolv.conf names no name server");
    String addresses =
        servers.stream().map("ip addr add %s dev lo; "::formatted).collect(Collectors.joining());
    String sockets =
        """
        import socket, sys, time
        all = []
        for a in sys.argv[1:]:
          s = socket.socket(socket.AF_INET6 if ':' in a else socket.AF_INET, socket.SOCK_DGRAM)
          s.bind((a, 53)); all.append(s)
        time.sleep(600)
        """;
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        "ip link set lo up; %s\npython3 -c \"$1\" %s > /dev/null 2>&1 & echo $! > %s\nshift\nexec \"$@\"\n"
            .formatted(addresses, String.join(" ", servers), folder.resolve("server")));
    Path place = folder.resolve("mnt");
    List<String> command =
        new ArrayList<>(List.of("unshare", "--net", "sh", script.toString(), sockets));
    command.addAll(
        Program.command(
            "mount", "--foreground", "--log", folder.resolve("log").toString(), place.toString()));
    mount = MountedFs.start(Files.createTempDirectory("vcgroupfs-it"), place, command);
    try {
      mount.mkdir("web");
      mount.mkdir("other");
      Bystander bystander = Bystander.of(mount.path(FILE));
      String lines =
          IntStream.range(0, CALLS)
              .mapToObj(i -> "add r%d listen=:0 connect=host%d.example.com:80%n".formatted(i, i))
              .collect(Collectors.joining());
      mount.write("web/sim.tcp.relay", lines);
      bystander.isNotHeldUp("names that nobody answers for");
      assertThat(mount.read("web/sim.tcp.relay")).contains("resolving");
    } finally {
      Program.runToEnd(List.of("kill", Files.readString(folder.resolve("server")).strip()));
    }
  }

  @Test
  void whileManyMembersManyGroupsAndLongWritesAreWorkedOn(@TempDir Path folder) throws Exception {
    int count = Integer.getInteger("vcgroupfs.groups", DEFAULT_GROUPS);
    Path fixture = folder.resolve("big.yaml");
    String members =
        IntStream.range(4_160_000, 4_190_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    String groups =
        IntStream.range(0, count).mapToObj("  /g%d: {}\n"::formatted).collect(Collectors.joining());
    Files.writeString(
        fixture,
        """
        format: 1
        profile: linux-5.10
        groups:
          /other: {}
          /web:
            files:
              cgroup.procs: [%s]
              tasks: [%s]
        %s"""
            .formatted(members, members, groups));
    mount = MountedFs.start("--fixture", fixture.toString());
    Bystander bystander = Bystander.of(mount.path(FILE));
    byte[] part = new byte[1 << 20];
    repeat(() -> assertThat(mount.read("web/cgroup.procs").lines().count()).isEqualTo(30_000));
    repeat(() -> assertThat(mount.root().toFile().list()).hasSizeGreaterThan(count));
    repeat(
        () -> {
          try {
            Files.write(mount.path("web/memory.force_empty"), part);
          } catch (IOException tooLong) {
            assertThat(tooLong).hasMessageContaining("Argument list too long");
          }
        });
    bystander.isNotHeldUp("30,000 members, %,d groups, long writes".formatted(count));
  }
}
