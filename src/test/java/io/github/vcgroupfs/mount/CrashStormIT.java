package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The daemon is killed with SIGKILL, again and again, at the same place: nobody hangs, the next
 * command works, nothing is left. {@code -Dvcgroupfs.storms=N} says how often; by hand 100.
 */
@MountTest
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class CrashStormIT {
  private static final int ROUNDS = Integer.getInteger("vcgroupfs.storms", 6);
  private static final long SEED = Long.getLong("vcgroupfs.storms.seed", System.nanoTime());
  private static final int CLIENTS = 4;
  private static final int LIMIT_MS = 20_000;

  /** Longer than a start takes on a quiet machine. */
  private static final int START_MS = 700;

  private static final int MOST_CALLS = 500;

  @TempDir private Path folder;

  private final TestProcesses processes = new TestProcesses();
  private Path place;
  private Path temporary;

  @BeforeEach
  void choosePlace() throws IOException {
    folder = folder.toRealPath();
    place = folder.resolve("mnt");
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @AfterEach
  void endProcesses() {
    processes.endAll();
  }

  @Test
  void aDaemonThatIsKilledAtAnyMomentLeavesNothing() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    int member = processes.start();
    long calls = 0;
    List<Long> endedMs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      String when = "round %d of -Dvcgroupfs.storms.seed=%d".formatted(round, SEED);
      if (round % 4 == 3) {
        killAStart(random.nextInt(START_MS));
      } else {
        try (MountedFs fs = mount()) {
          BusyClients clients = BusyClients.start(place, member, CLIENTS, random.nextLong());
          clients.awaitCalls(random.nextInt(MOST_CALLS));
          fs.kill();
          long killedNs = System.nanoTime();
          assertThat(clients.awaitEnd(LIMIT_MS)).as(when + ": those that hang").isEmpty();
          endedMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs));
          assertThat(clients.strange()).as(when).isEmpty();
          calls += clients.calls();
          clear(round, when);
        }
      }
      assertThat(lockIsFree()).as(when).isTrue();
    }
    try (MountedFs fs = mount()) {
      assertThat(fs.read("tasks")).isNotEmpty();
      assertThat(Program.run("umount", place.toString())).isEqualTo(new Program.Ended(0, "", ""));
      assertThat(fs.awaitEnd()).isZero();
    }
    assertNothingIsLeft();
    System.out.printf(
        "%d rounds of seed %d, %d calls; the slowest client ended after %d ms%n",
        ROUNDS, SEED, calls, endedMs.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  /** Every second time nobody unmounts: then the next mount finds a dead one. */
  private void clear(int round, String when) throws Exception {
    if (round % 2 == 0) {
      assertThat(Program.run("umount", place.toString()))
          .as(when)
          .isEqualTo(new Program.Ended(0, "", ""));
      assertThat(mounts()).as(when).isEmpty();
    }
  }

  private MountedFs mount() throws Exception {
    Path said = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    List<String> command = command("--log", said.resolve("log").toString());
    return MountedFs.start(said, place, command);
  }

  private List<String> command(String... options) {
    List<String> command = Program.command("mount", "--foreground");
    command.add(command.indexOf("-cp"), "-Djava.io.tmpdir=" + temporary);
    command.add(command.indexOf("-cp"), "-XX:ErrorFile=" + temporary + "/error");
    command.addAll(List.of(options));
    command.add(place.toString());
    return command;
  }

  private void killAStart(int afterMs) throws Exception {
    Process starting =
        new ProcessBuilder(command("--log", folder.resolve("log").toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread.sleep(afterMs);
    starting.destroyForcibly();
    assertThat(starting.waitFor(LIMIT_MS, TimeUnit.MILLISECONDS)).isTrue();
  }

  /** The lock of the place, a lock on the folder above: {@link PlaceLock}. */
  private boolean lockIsFree() {
    int fd = Libc.open(folder.toString());
    boolean free = Libc.flock(fd, Libc.LOCK_EX_NB) == 0;
    Libc.close(fd);
    return free;
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(mounts()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
    assertThat(place).isEmptyDirectory();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString())).isSubsetOf("mnt", "tmp", "log");
    }
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(each -> each.info().commandLine().orElse("").contains(place.toString()));
  }

  private List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(" " + folder))
        .toList();
  }

  /** Some wait for the end of a delay, the others for a daemon that is stopped. */
  @Test
  void callsInFlightEndWhenTheDaemonIsKilled() throws Exception {
    try (MountedFs fs = mount()) {
      fs.mkdir("g");
      fs.write("g/sim.fault", "open memory.stat delay=5s");
      AtomicInteger begun = new AtomicInteger();
      List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        callers.add(caller("memory.stat", begun, answers));
      }
      stop(fs);
      for (String each : List.of("tasks", "memory.usage_in_bytes", "sim.why")) {
        callers.add(caller(each, begun, answers));
      }
      while (begun.get() < callers.size()) {
        Thread.sleep(5);
      }
      assertThat(answers).isEmpty();
      fs.kill();
      for (Thread each : callers) {
        each.join(LIMIT_MS);
        assertThat(each.isAlive()).as(each.getName() + " hangs").isFalse();
      }
      assertThat(answers).hasSize(callers.size()).allMatch(BusyClients.DEAD::contains);
    }
  }

  private static void stop(MountedFs fs) throws Exception {
    Program.runToEnd(List.of("sh", "-c", "kill -STOP " + fs.daemon().pid()));
  }

  private Thread caller(String file, AtomicInteger begun, List<Integer> answers) {
    Thread thread =
        new Thread(
            () -> {
              begun.incrementAndGet();
              answers.add(Syscalls.open(place.resolve("g").resolve(file), Syscalls.O_RDONLY));
            },
            "caller of " + file);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
