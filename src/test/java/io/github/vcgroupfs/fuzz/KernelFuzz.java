package io.github.vcgroupfs.fuzz;

import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The same calls on the kernel's own memory hierarchy, in a scratch group: what comes back becomes
 * rows of {@link KernelErrnos}. Two groups lie in each other, so that {@code ..} leads into a
 * scratch group, too. Only processes that were started for it are moved.
 */
final class KernelFuzz {
  private static final Path HIERARCHY = Path.of("/sys/fs/cgroup/memory");

  private KernelFuzz() {}

  /** Calls, and removes the groups. */
  static Outcomes run(Drive.Settings settings) throws Exception {
    Path scratch = HIERARCHY.resolve("vcgroupfs-fuzz-" + ProcessHandle.current().pid());
    Path top = scratch.resolve("m");
    Files.createDirectory(scratch);
    Files.createDirectory(top);
    try {
      String name = Syscalls.bytes(top);
      Drive.Place place = new Drive.Place(name, "linux-6.18", KernelErrnos.of(List.of()), false);
      Drive drive = new Drive(settings, place);
      try {
        return drive.run(new NoAlarm());
      } finally {
        List<String> left = new FuzzTree(name).clear();
        if (!left.isEmpty()) {
          System.err.println("left in the kernel's hierarchy: " + left);
        }
      }
    } finally {
      Files.delete(top);
      Files.delete(scratch);
    }
  }

  private static final class NoAlarm implements Drive.Alarm {
    @Override
    public void hangs(String what) {
      System.out.println("the kernel: " + what);
    }

    @Override
    public void giveUp() {}
  }
}
