package io.github.vcgroupfs.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens the worlds that this machine has. */
final class Worlds {
  private static final String PROFILE = "linux-6.18";
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/memory");

  private Worlds() {}

  /** Why the kernel of this machine cannot be compared; empty if it can. */
  static String kernelObstacle() throws IOException {
    if (!Files.isDirectory(KERNEL) || !Files.getFileStore(KERNEL).type().equals("cgroup")) {
      return "no v1 memory hierarchy at " + KERNEL;
    }
    if (!Files.isWritable(KERNEL)) {
      return "this user can make no group in " + KERNEL;
    }
    String release = Files.readString(Path.of("/proc/sys/kernel/osrelease"), ISO_8859_1).strip();
    return release.startsWith("6.18.") ? "" : "this kernel is " + release + ", not 6.18";
  }

  /** The kernel's own hierarchy. */
  static World kernel() throws IOException {
    TestProcesses processes = new TestProcesses();
    return new World("kernel", KERNEL, two(processes), processes::endAll);
  }

  /** A mount of ours. */
  static World mount() throws IOException, InterruptedException {
    TestProcesses processes = new TestProcesses();
    MountedFs mount = MountedFs.start("--strict", "--profile", PROFILE);
    return new World(
        "mount",
        mount.root(),
        two(processes),
        () -> {
          processes.endAll();
          String log = mount.log();
          mount.close();
          if (log.contains(" ERROR ")) {
            throw new AssertionError("the daemon logged a defect:\n" + log);
          }
        });
  }

  /** The file system in the JVM. */
  static World inJvm() throws IOException {
    VirtualCgroupFileSystem fs =
        VirtualCgroupFileSystem.builder().profile(PROFILE).strict(true).wallClock().open();
    List<Integer> pids = List.of(fs.cgroups().start("/").pid(), fs.cgroups().start("/").pid());
    return new World("jvm", fs.root(), pids, fs::close);
  }

  private static List<Integer> two(TestProcesses processes) {
    return List.of(processes.start(), processes.start());
  }
}
