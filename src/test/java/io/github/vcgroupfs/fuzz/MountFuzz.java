package io.github.vcgroupfs.fuzz;

import io.github.vcgroupfs.testing.DaemonHeap;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run on a fresh mount of one profile, and what must hold when it is over. */
final class MountFuzz {
  private static final int MOST_LOOKS = 40;
  private static final int PAUSE_MS = 250;
  private static final List<String> HANDLES =
      List.of(
          "io.github.vcgroupfs.cgroupfs.OpenFile", "io.github.vcgroupfs.cgroupfs.OpenDirectory");

  private final String profile;
  private final Drive.Settings settings;
  private final List<String> wrong = new ArrayList<>();

  MountFuzz(String profile, Drive.Settings settings) {
    this.profile = profile;
    this.settings = settings;
  }

  /**
   * How it ended.
   *
   * @param wrong what must not be, a text each; empty if all is well
   * @param seconds how long the calls took
   */
  record Report(String profile, Outcomes outcomes, List<String> wrong, double seconds) {
    /** A line of figures. */
    String figures() {
      return "%s: %d calls in %.1f s, %.0f a second: %s; slowest %s"
          .formatted(
              profile,
              outcomes.calls(),
              seconds,
              outcomes.calls() / seconds,
              outcomes.histogram(),
              outcomes.slowest());
    }
  }

  /** Mounts, calls, clears up, looks, unmounts. */
  Report run() throws Exception {
    Path folder = Files.createTempDirectory("vcgroupfs-fuzz").toRealPath();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (MountedFs mount = MountedFs.at(folder.resolve("mnt"), "--profile", profile)) {
      Thread unmount = new Thread(() -> mount.daemon().destroy()); // after Ctrl-C
      Runtime.getRuntime().addShutdownHook(unmount);
      try {
        return run(mount);
      } finally {
        Runtime.getRuntime().removeShutdownHook(unmount);
      }
    } finally {
      Files.deleteIfExists(folder.resolve("mnt"));
      Files.delete(folder);
    }
  }

  /** The same on a mount that is there. */
  Report run(MountedFs mount) throws Exception {
    String top = Syscalls.bytes(mount.root());
    FuzzTree tree = new FuzzTree(top);
    Map<String, String> usages = tree.usages();
    String branch = tree.staticBranch();
    Drive drive = new Drive(settings, new Drive.Place(top, profile, KernelErrnos.load(), true));
    long begin = System.nanoTime();
    Outcomes outcomes = drive.run(new DaemonAlarm(mount));
    double seconds = (System.nanoTime() - begin) / 1e9;
    wrong.addAll(drive.hangs());
    wrong.addAll(outcomes.wrong());
    if (mount.daemon().isAlive()) {
      lookAtWhatIsLeft(mount, tree, usages, branch);
    } else {
      wrong.add("the daemon has ended: " + mount.errors());
    }
    mount
        .log()
        .lines()
        .filter(line -> line.matches("[^\\[]* ERROR \\[.*"))
        .distinct()
        .forEach(line -> wrong.add("in the log: " + line));
    return new Report(profile, outcomes, wrong, seconds);
  }

  private void lookAtWhatIsLeft(
      MountedFs mount, FuzzTree tree, Map<String, String> usages, String branch) throws Exception {
    wrong.addAll(tree.clear());
    DaemonHeap heap = new DaemonHeap(mount.daemon().pid());
    for (int look = 0; ; look++) {
      String left = left(tree, usages, branch, heap);
      if (left.isEmpty()) {
        return;
      }
      if (look == MOST_LOOKS) {
        wrong.add(left);
        return;
      }
      Thread.sleep(PAUSE_MS); // the kernel sends the last releases after close(2) has returned
    }
  }

  private static String left(
      FuzzTree tree, Map<String, String> usages, String branch, DaemonHeap heap) throws Exception {
    if (!tree.usages().equals(usages)) {
      return "usages were %s on the new mount and are %s now".formatted(usages, tree.usages());
    }
    if (tree.staticBranch().matches("(?s).*users=[1-9].*")) {
      return "the static branch was %s and is %s".formatted(branch, tree.staticBranch());
    }
    DaemonHeap.Figures figures = heap.afterFullGc();
    for (String handle : HANDLES) {
      if (figures.instances(handle) > 0) {
        return "%d of %s are left".formatted(figures.instances(handle), handle);
      }
    }
    return "";
  }

  /** Prints what the daemon's threads do. */
  private record DaemonAlarm(MountedFs mount) implements Drive.Alarm {
    @Override
    public void hangs(String what) throws Exception {
      System.out.println("HANG: " + what);
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      System.out.println(
          Program.runToEnd(List.of(jcmd, Long.toString(mount.daemon().pid()), "Thread.print", "-l"))
              .out());
    }

    @Override
    public void giveUp() throws Exception {
      System.out.println("given up: the daemon is killed, so that all calls come back");
      mount.kill();
    }
  }
}
