package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A mount that is unmounted in one place, and lives on in another one or in other namespaces. */
@MountTest
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class CopiesIT {
  private static final int MAX_LOOKS = 2_000;
  private static final int PAUSE_MS = 5;

  @TempDir private Path folder;

  private final List<Process> started = new ArrayList<>();
  private Path place;

  @BeforeEach
  void choosePlace() throws Exception {
    Needs.that(
        Program.runToEnd(List.of("unshare", "--mount", "true")).status() == 0, "unshare fails");
    folder = folder.toRealPath();
    place = folder.resolve("mnt");
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process each : started) {
      each.destroyForcibly().waitFor();
    }
  }

  /** A process with a copy of every mount. */
  private Process sleeperElsewhere() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sleep", "300")
            .start();
    started.add(process);
    for (int i = 0; i < MAX_LOOKS && !isSleep(process); i++) {
      Thread.sleep(PAUSE_MS); // until it has its namespace
    }
    return process;
  }

  private static boolean isSleep(Process process) {
    return process.info().command().orElse("").endsWith("sleep");
  }

  @Test
  void umountNamesTheProcessesOfOtherNamespacesAndWhatWouldWork() throws Exception {
    try (MountedFs fs = MountedFs.at(place)) {
      Process holder = sleeperElsewhere();
      String unmount = "nsenter -t %d -m umount %s".formatted(holder.pid(), place);
      Ended umount = Program.run("umount", place.toString());
      assertThat(umount.status()).isEqualTo(1);
      assertThat(umount.out()).isEmpty();
      // Tests that run beside this one may have namespaces, too.
      assertThat(umount.err())
          .startsWith(
              "vcgroupfs: %s is unmounted, but its daemon (pid %d) runs on: it is still mounted on "
                  .formatted(place, fs.daemon().pid()))
          .contains(
              "on %s in the mount namespace of sleep[%d] (to unmount it: end them, or %s)"
                  .formatted(place, holder.pid(), unmount));

      assertThat(Program.runToEnd(List.of("sh", "-c", unmount))).isEqualTo(new Ended(0, "", ""));
      assertThat(fs.awaitEnd()).isZero();
    }
  }

  /** Its daemon was started with the same words, and is not the one that is to end. */
  @Test
  void aDaemonThatIsLeftElsewhereIsNotTakenForThatOfTheNextMount() throws Exception {
    try (MountedFs left = MountedFs.at(place)) {
      Process holder = sleeperElsewhere();
      assertThat(Syscalls.umount(place)).isZero();
      try (MountedFs next = MountedFs.at(place)) {
        assertThat(Program.run("mount", place.toString()).err())
            .contains("already (daemon: pid %d)".formatted(next.daemon().pid()));
        assertThat(Program.run("umount", place.toString())).isEqualTo(new Ended(0, "", ""));
        assertThat(next.awaitEnd()).isZero();
        assertThat(left.daemon().isAlive()).isTrue();
      }
      holder.destroyForcibly();
      assertThat(left.awaitEnd()).isZero();
    }
  }

  @Test
  void umountForceAndTheLogNameAMountAtAnotherPlace() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (MountedFs fs = MountedFs.at(place)) {
      assertThat(Syscalls.bindMount(place, other)).isZero();
      Ended forced = Program.run("umount", "--force", place.toString());
      assertThat(forced.status()).isZero();
      assertThat(forced.err()).isEmpty();
      assertThat(forced.out())
          .startsWith(
              "vcgroupfs: %s is detached; its daemon (pid %d) runs on; it is still mounted "
                  .formatted(place, fs.daemon().pid()))
          .contains("on %s here (to unmount it: umount %s)".formatted(other, other));
      fs.daemon().destroy();
      fs.awaitEnd();
      assertThat(fs.log()).contains("it is still mounted ").contains("on " + other + " here");
      assertThat(Syscalls.umount(other)).isZero();
    }
  }
}
