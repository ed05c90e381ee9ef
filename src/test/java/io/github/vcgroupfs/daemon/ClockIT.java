package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The daemon's clocks are other ones than those of its clients. Jumps of the wall clock are in
 * {@code CgroupFsOpsTest}: nothing but file times and lines of logs looks at it.
 */
@MountTest
class ClockIT {
  private static final int MAX_LOOKS = 2_000;
  private static final int PAUSE_MS = 5;

  private final TestProcesses processes = new TestProcesses();
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
  }

  private MountedFs mount(List<String> wrapper) throws IOException, InterruptedException {
    Path place = folder.resolve("mnt");
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        Program.command("mount", "--foreground", "--log", folder + "/log", place.toString()));
    return MountedFs.start(folder, place, command);
  }

  private static void awaitMore(MountedFs fs, String flows) throws Exception {
    for (int i = 0; i < MAX_LOOKS && fs.read("flow/sim.tcp.flows").equals(flows); i++) {
      Thread.sleep(PAUSE_MS);
    }
    assertThat(fs.read("flow/sim.tcp.flows")).as("the traffic goes on").isNotEqualTo(flows);
  }

  /** There the time since boot, from which /proc counts, is another one, too. */
  @Test
  void aTimeNamespaceWithOtherClocksSinceBootIsNoMatter() throws Exception {
    List<String> unshare =
        List.of("unshare", "--time", "--fork", "--kill-child", "--monotonic", "8000000");
    List<String> trial = new ArrayList<>(unshare);
    trial.addAll(List.of("--boottime", "9000000", "true"));
    Needs.that(Program.runToEnd(trial).status() == 0, "unshare --time fails");
    List<String> wrapper = trial.subList(0, trial.size() - 1);
    try (MountedFs fs = mount(wrapper)) {
      fs.mkdir("g");
      int first = processes.start();
      int second = processes.start();
      fs.write("g/tasks", Integer.toString(first));
      fs.write("g/tasks", Integer.toString(second));
      assertThat(fs.read("g/tasks").lines())
          .containsExactlyInAnyOrder(Integer.toString(first), Integer.toString(second));
      processes.end(first);
      assertThat(fs.read("g/tasks")).isEqualTo(second + "\n");
      fs.mkdir("flow");
      fs.write("flow/sim.tcp.flows", "add f send=10M/s read=10M/s");
      awaitMore(fs, fs.read("flow/sim.tcp.flows"));
      assertThat(Program.run("umount", fs.root().toString()))
          .isEqualTo(new Program.Ended(0, "", ""));
      assertThat(fs.awaitEnd()).isZero();
    } finally {
      processes.endAll();
    }
  }
}
