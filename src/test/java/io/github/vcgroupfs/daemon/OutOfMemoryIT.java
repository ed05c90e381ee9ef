package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A daemon with too little memory: one call that asks for too much is EIO and nothing else happens;
 * where nothing is left for any call, the daemon unmounts and ends.
 */
@MountTest
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class OutOfMemoryIT {
  private static final int EIO = -Errno.EIO.number();

  /** ECONNABORTED is what a call gets that was in flight: {@code fuse_abort_conn}. */
  private static final Set<Integer> GONE = Set.of(-Errno.ENOTCONN.number(), -103);

  private static final int MAX_GROUPS = 100_000;

  private static MountedFs mount(int heapMiB) throws Exception {
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Path place = folder.resolve("mnt");
    List<String> command =
        Program.command("mount", "--foreground", "--log", folder + "/log", place.toString());
    command.add(command.indexOf("-cp"), "-Xmx%dm".formatted(heapMiB));
    return MountedFs.start(folder, place, command);
  }

  /** An idle connection of simulated TCP takes some hundred bytes. */
  private static int connect(MountedFs fs, String group, int connections) {
    return Syscalls.writeOnce(
        fs.path(group + "/sim.tcp.flows"),
        "add f connections=%d send=0 read=0".formatted(connections));
  }

  @Test
  void aCallThatNeedsTooMuchIsEioAndTheMountGoesOn() throws Exception {
    try (MountedFs fs = mount(24)) {
      fs.mkdir("greedy");
      fs.mkdir("modest");
      for (int i = 0; i < 3; i++) {
        assertThat(connect(fs, "greedy", 100_000)).isEqualTo(EIO);
      }
      assertThat(fs.read("greedy/sim.tcp.flows")).isEmpty();
      assertThat(connect(fs, "modest", 10)).isPositive();
      assertThat(fs.read("modest/sim.tcp.flows")).containsPattern("f +10 +16384 ");
      assertThat(fs.read("tasks")).isNotEmpty();
      assertThat(fs.log())
          .contains("write (handle) failed")
          .contains("java.lang.OutOfMemoryError: Java heap space");
    }
  }

  /** In a program that does nothing else: a full heap makes every call slow, up to a minute. */
  @Test
  void aThreadThatHasNoMemoryEndsTheProgramInOrder() throws Exception {
    Program.Ended ended =
        Program.runToEnd(
            Program.java(
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                ExhaustedProgram.class.getName()));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEqualTo("the shutdown hook has run\n");
    assertThat(ended.err()).contains("the memory of the daemon is used up (");
  }

  /** By hand: with the storms. */
  @Test
  @EnabledIfSystemProperty(named = "vcgroupfs.storms", matches = ".*")
  void whereNothingIsLeftTheDaemonUnmountsAndEnds() throws Exception {
    try (MountedFs fs = mount(16)) {
      int answer = 0;
      for (int i = 0; i < MAX_GROUPS && answer >= 0; i++) {
        answer = Syscalls.mkdir(fs.path("big" + i));
        answer = answer < 0 ? answer : connect(fs, "big" + i, 100);
      }
      assertThat(answer)
          .satisfiesAnyOf(
              got -> assertThat(got).isEqualTo(EIO), got -> assertThat(GONE).contains(got));
      for (int i = 0; i < MAX_GROUPS && fs.daemon().isAlive() && !GONE.contains(answer); i++) {
        answer = Syscalls.mkdir(fs.path("small" + i));
      }
      assertThat(fs.awaitEnd()).isEqualTo(1);
      assertThat(fs.log()).contains("the memory of the daemon is used up (");
      assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
          .noneMatch(line -> line.contains(" " + fs.root()));
    }
  }
}
