package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How mounts begin and end, and what is left behind: nothing. */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
@ResourceLock(SharedResources.DEAD_MOUNTS)
@ResourceLock(SharedResources.MOUNT_COPIES)
class LifeCycleIT {
  private static final int SIGTERM_STATUS = 128 + 15;
  private static final int SIGINT_STATUS = 128 + 2;

  /** It is written when the mount can be used already: not by a daemon that ends at once. */
  private static final String AT_MOST_THE_VERSION =
      "([0-9-]+ [0-9:.,]+ INFO \\[main\\] vcgroupfs [0-9.]+ \\(.*Java [0-9.]+\\)\n)?";

  /** By hand 20. */
  private static final int RACES = Integer.getInteger("vcgroupfs.races", 2);

  @TempDir private Path folder;

  private Path place;

  @BeforeEach
  void choosePlace() throws IOException {
    folder = folder.toRealPath();
    place = folder.resolve("mnt");
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    assertThat(mounts()).isEmpty();
  }

  private List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(" " + folder))
        .toList();
  }

  @Test
  void sigtermUnmounts() throws Exception {
    MountedFs fs = MountedFs.at(place);
    assertThat(mounts()).hasSize(1).first().asString().contains(" - fuse.cgroup vcgroupfs ");
    assertThat(fs.output())
        .matches("vcgroupfs: lwn-2011 mounted on " + place + " \\(pid [0-9]+, log /.*/log\\)\n");
    fs.daemon().destroy();
    assertThat(fs.awaitEnd()).isEqualTo(SIGTERM_STATUS);
    assertThat(mounts()).isEmpty();
    assertThat(place).isEmptyDirectory();
    assertThat(fs.errors()).isEmpty();
    assertThat(fs.log()).matches(AT_MOST_THE_VERSION);
    fs.close();
  }

  @Test
  void sigintUnmounts() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      Program.runToEnd(List.of("sh", "-c", "kill -INT " + fs.daemon().pid()));
      assertThat(fs.awaitEnd()).isEqualTo(SIGINT_STATUS);
      assertThat(mounts()).isEmpty();
    }
  }

  @Test
  void theLogSaysWhichVersionItIs() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      for (int tries = 0; fs.log().isEmpty() && tries < 1_000; tries++) {
        Thread.sleep(10);
      }
      assertThat(fs.log()).isNotEmpty().matches(AT_MOST_THE_VERSION);
    }
  }

  @Test
  void aDaemonEndsWhenSomebodyElseUnmounts() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      assertThat(Syscalls.umount(place)).isZero();
      assertThat(fs.awaitEnd()).isZero();
      assertThat(fs.log()).matches(AT_MOST_THE_VERSION);
    }
  }

  @Test
  void aBusyMountIsDetachedAtTheEndAndWhoHeldItIsLogged() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      Process holder = sleeperIn(place);
      fs.daemon().destroy();
      assertThat(fs.awaitEnd()).isEqualTo(SIGTERM_STATUS);
      assertThat(mounts()).isEmpty();
      assertThat(fs.log())
          .contains("WARN [shutdown] " + place + " is in use by sleep[" + holder.pid() + "]");
      holder.destroy();
    }
  }

  @Test
  void umountUnmountsAndWaitsForTheDaemon() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      assertThat(Program.run("umount", place.toString())).isEqualTo(new Program.Ended(0, "", ""));
      assertThat(mounts()).isEmpty();
      assertThat(Path.of("/proc", fs.daemon().pid() + "", "exe").toFile().exists())
          .as("it runs, or is about to end")
          .isFalse();
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  @Test
  void umountNamesWhoHoldsTheMount() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      Process inside = sleeperIn(place);
      fs.mkdir("g");
      int fd = Syscalls.open(fs.path("g/tasks"), Syscalls.O_RDONLY);
      Program.Ended busy = Program.run("umount", place.toString());
      assertThat(busy.status()).isEqualTo(1);
      assertThat(busy.out()).isEmpty();
      assertThat(busy.err())
          .startsWith("vcgroupfs: " + place + " is in use by ")
          .contains("sleep[" + inside.pid() + "] (working directory)")
          .contains(
              "java[%d] (open file %s/g/tasks)".formatted(ProcessHandle.current().pid(), place))
          .endsWith("; to detach it all the same: vcgroupfs umount --force " + place + "\n");
      assertThat(fs.read("g/tasks")).isEmpty();

      Program.Ended forced = Program.run("umount", "--force", place.toString());
      assertThat(forced.status()).isZero();
      assertThat(forced.out())
          .startsWith("vcgroupfs: " + place + " is detached; its daemon (pid ")
          .contains("sleep[" + inside.pid() + "]");
      assertThat(mounts()).isEmpty();
      Syscalls.close(fd);
      inside.destroy();
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  /** As viewers do: {@code top}, {@code serve}, an agent. */
  @Test
  void whoReadsNowAndThenDoesNotKeepItFromBeingUnmounted() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      fs.mkdir("g");
      Thread reader =
          new Thread(
              () -> {
                int fd = Syscalls.open(fs.path("g/tasks"), Syscalls.O_RDONLY);
                while (fd >= 0) {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(45));
                  Syscalls.close(fd);
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                  fd = Syscalls.open(fs.path("g/tasks"), Syscalls.O_RDONLY);
                }
              });
      reader.start();
      assertThat(Program.run("umount", place.toString())).isEqualTo(new Program.Ended(0, "", ""));
      reader.join();
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  @Test
  void umountTouchesNoOtherMount() throws Exception {
    assertThat(Program.run("umount", place.toString()))
        .isEqualTo(new Program.Ended(1, "", "vcgroupfs: nothing is mounted on " + place + "\n"));
    assertThat(Program.run("umount", "/proc"))
        .isEqualTo(
            new Program.Ended(
                1, "", "vcgroupfs: /proc is no vcgroupfs: proc of type proc is mounted there\n"));
  }

  @Test
  void aLiveMountIsNotCovered() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      fs.mkdir("g");
      assertThat(Program.run("mount", place.toString()))
          .isEqualTo(
              new Program.Ended(
                  1,
                  "",
                  "vcgroupfs: a vcgroupfs is mounted on %s already (daemon: pid %d)\n"
                      .formatted(place, fs.daemon().pid())));
      Program.Ended below = Program.run("mount", place.resolve("g").toString());
      assertThat(below.status()).isEqualTo(1);
      assertThat(below.err()).contains("lies in the vcgroupfs that is mounted on " + place);
      assertThat(mounts()).hasSize(1);
      assertThat(fs.path("g")).exists();
    }
  }

  @Test
  void aDeadMountIsClearedByTheNext() throws Exception {
    MountedFs dead = MountedFs.at(place);
    Process holder = sleeperIn(place);
    dead.kill();
    assertThat(Syscalls.open(place.resolve("tasks"), Syscalls.O_RDONLY))
        .isEqualTo(-Errno.ENOTCONN.number());
    assertThat(Program.run("doctor").out())
        .contains("missing")
        .contains(place + " is a dead mount");
    try (MountedFs fs = MountedFs.at(place)) {
      assertThat(fs.read("tasks")).isNotNull();
      assertThat(mounts()).hasSize(1);
    }
    holder.destroy();
    dead.close();
  }

  @Test
  void deadMountsMayBeStackedAndHoldOthers() throws Exception {
    MountedFs first = MountedFs.at(place);
    first.mkdir("g");
    MountedFs second = MountedFs.at(folder.resolve("second"));
    MountedFs third = MountedFs.at(folder.resolve("third"));
    assertThat(Syscalls.moveMount(folder.resolve("second"), place)).isZero();
    assertThat(Syscalls.mkdir(place.resolve("inner"))).isZero();
    assertThat(Syscalls.moveMount(folder.resolve("third"), place.resolve("inner"))).isZero();
    for (MountedFs each : List.of(first, second, third)) {
      each.kill();
    }
    assertThat(mounts()).hasSize(3);
    try (MountedFs fs = MountedFs.at(place.resolve("inner/deeper"))) {
      assertThat(fs.read("tasks")).isNotNull();
      assertThat(mounts()).hasSize(1);
    }
    for (MountedFs each : List.of(first, second, third)) {
      each.close();
    }
  }

  @Test
  void aMountThatWasMovedIsUnmountedWhereItIs() throws Exception {
    Files.createDirectory(folder.resolve("elsewhere"));
    try (MountedFs fs = MountedFs.at(place)) {
      assertThat(Syscalls.moveMount(place, folder.resolve("elsewhere"))).isZero();
      fs.daemon().destroy();
      assertThat(fs.awaitEnd()).isEqualTo(SIGTERM_STATUS);
      assertThat(mounts()).isEmpty();
    }
  }

  @Test
  void umountClearsADeadMount() throws Exception {
    MountedFs dead = MountedFs.at(place);
    dead.kill();
    assertThat(Program.run("umount", place.toString())).isEqualTo(new Program.Ended(0, "", ""));
    dead.close();
  }

  @Test
  void symbolicLinksAreFollowedAsTheKernelDoes() throws Exception {
    Files.createDirectories(folder.resolve("real/mnt"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    try (MountedFs fs = MountedFs.at(link.resolve("mnt"))) {
      assertThat(fs.output()).contains("mounted on " + folder.resolve("real/mnt") + " (");
      assertThat(Program.run("umount", link.resolve("../link/mnt").toString()).status()).isZero();
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  @Test
  void whatCannotBeAMountPointIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Files.createDirectory(place);
    Files.createFile(place.resolve("something"));
    assertThat(Program.run("mount", file.toString()))
        .isEqualTo(
            new Program.Ended(
                1,
                "",
                "vcgroupfs: %s cannot be the mount point: it is no directory\n".formatted(file)));
    assertThat(Program.run("mount", place.toString()))
        .isEqualTo(
            new Program.Ended(
                1,
                "",
                "vcgroupfs: %s cannot be the mount point: it is not empty, and a mount would hide what is in it\n"
                    .formatted(place)));
    assertThat(place.resolve("something")).exists();
  }

  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void twoAtTheSameTimeDoNotStack() throws Exception {
    for (int round = 0; round < RACES; round++) {
      Process one = racer("one");
      Process two = racer("two");
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (one.isAlive() && two.isAlive() && System.nanoTime() < deadlineNs) {
        Thread.sleep(20);
      }
      boolean oneWins = one.isAlive();
      Process loser = oneWins ? two : one;
      Process winner = oneWins ? one : two;
      assertThat(loser.exitValue()).isEqualTo(1);
      assertThat(winner.isAlive()).isTrue();
      assertThat(folder.resolve(oneWins ? "two" : "one"))
          .hasContent(
              "vcgroupfs: a vcgroupfs is mounted on %s already (daemon: pid %d)"
                  .formatted(place, winner.pid()));
      assertThat(mounts()).hasSize(1);
      winner.destroy();
      assertThat(winner.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process racer(String name) throws IOException {
    return new ProcessBuilder(Program.command("mount", "--foreground", place.toString()))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name).toFile())
        .start();
  }

  private static Process sleeperIn(Path place) throws IOException, InterruptedException {
    Process sleeper = new ProcessBuilder("sleep", "300").directory(place.toFile()).start();
    while (!sleeper.info().command().orElse("").endsWith("sleep")) {
      Thread.sleep(5); // until it is what it will be called
    }
    return sleeper;
  }

  @Test
  void aDaemonThatDoesNotAnswerHangsNobody() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      fs.mkdir("g");
      String pid = Long.toString(fs.daemon().pid());
      signal("STOP", fs);
      String force = "vcgroupfs umount --force " + place;
      assertThat(Program.run("mount", place.toString()))
          .isEqualTo(
              new Program.Ended(
                  1,
                  "",
                  ("vcgroupfs: the vcgroupfs on %s does not answer (daemon: pid %s, which is stopped; "
                          + "to let it go on: kill -CONT %s); to detach it: %s\n")
                      .formatted(place, pid, pid, force)));
      Path below = place.resolve("g/below");
      assertThat(Program.run("mount", below.toString()))
          .isEqualTo(
              new Program.Ended(
                  1,
                  "",
                  "vcgroupfs: cannot find %s: a file system on the way does not answer\n"
                      .formatted(below)));
      // it may see dead mounts of tests that run beside this one; this mount is none
      assertThat(Program.run("doctor").out().lines().filter(line -> line.startsWith("missing")))
          .contains(
              ("missing  daemon            %s does not answer (daemon: pid %s, which is stopped). "
                      + "To mend it: kill -CONT %s, or to detach it: %s")
                  .formatted(place, pid, pid, force))
          .allMatch(line -> line.contains("is a dead mount") != line.contains(place.toString()));
      assertThat(Program.run("umount", "--force", place.toString()))
          .isEqualTo(
              new Program.Ended(
                  0,
                  ("vcgroupfs: %s is detached; its daemon (pid %s, which is stopped; "
                          + "to let it go on: kill -CONT %s) runs on\n")
                      .formatted(place, pid, pid),
                  ""));
      signal("CONT", fs);
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  @Test
  void aDaemonThatIsStoppedAndGoesOnServesAsBefore() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      String pid = Long.toString(fs.daemon().pid());
      int fd = Syscalls.open(place.resolve("tasks"), Syscalls.O_RDONLY);
      signal("STOP", fs);
      FutureTask<Integer> call = new FutureTask<>(() -> Syscalls.tryRead(fd, 4096));
      Thread caller = new Thread(call, "caller");
      caller.setDaemon(true);
      caller.start();
      Program.Ended busy = Program.run("umount", place.toString());
      assertThat(busy.status()).isEqualTo(1);
      assertThat(busy.err())
          .startsWith("vcgroupfs: " + place + " is in use by ")
          .contains(
              ("; calls wait for its daemon (pid %s, which is stopped; "
                      + "to let it go on: kill -CONT %s); to detach it all the same: ")
                  .formatted(pid, pid));
      signal("CONT", fs);
      assertThat(call.get(30, TimeUnit.SECONDS)).isPositive();
      Syscalls.close(fd);

      signal("STOP", fs);
      Program.Ended unmounted = Program.run("umount", place.toString());
      assertThat(unmounted.status()).isEqualTo(1);
      assertThat(unmounted.err())
          .startsWith(
              "vcgroupfs: %s is unmounted, but its daemon (pid %s, which is stopped; to let it go on: kill -CONT %s) "
                  .formatted(place, pid, pid));
      signal("CONT", fs);
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  private static void signal(String name, MountedFs fs) throws Exception {
    Program.runToEnd(List.of("sh", "-c", "kill -%s %d".formatted(name, fs.daemon().pid())));
  }

  /** The kernel gives the numbers of a mount that was unmounted to the next one. */
  @Test
  void aDaemonWhoseMountIsGoneLeavesTheNextMountAlone() throws Exception {
    boolean sameNumbers = false;
    for (int tries = 0; tries < 10 && !sameNumbers; tries++) {
      try (MountedFs first = MountedFs.at(place)) {
        String numbers = numbersOf(place);
        signal("STOP", first);
        assertThat(Syscalls.umount(place)).isZero();
        try (MountedFs second = MountedFs.start()) {
          sameNumbers = numbersOf(second.root()).equals(numbers);
          signal("CONT", first);
          assertThat(first.awaitEnd()).isZero();
          assertThat(second.read("tasks")).isNotNull();
          assertThat(numbersOf(second.root())).isNotEmpty();
        }
      }
    }
    assumeTrue(sameNumbers, "other tests have taken the numbers");
  }

  /** The number of the mount and that of its device; empty if nothing is mounted there. */
  private static String numbersOf(Path place) {
    return MountTable.read()
        .top(place.toString())
        .map(entry -> entry.id() + " " + entry.device())
        .orElse("");
  }

  @Test
  void aHandleOfADeadMountIsNotConnected() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      int fd = Syscalls.open(fs.path("tasks"), Syscalls.O_RDONLY);
      fs.kill();
      assertThat(Syscalls.tryRead(fd, 10)).isEqualTo(-Errno.ENOTCONN.number());
      assertThat(Syscalls.mkdir(fs.path("x"))).isEqualTo(-Errno.ENOTCONN.number());
      Syscalls.close(fd);
    }
  }
}
