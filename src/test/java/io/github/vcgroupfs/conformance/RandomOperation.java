package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Operations on a mount, one thread's, by chance: right ones, wrong ones, and some traffic. */
final class RandomOperation {
  private static final List<String> GROUPS =
      List.of("a", "b", "a/a", "a/b", "b/a", "a/a/a", "a/b/c", "b/a/a");
  private static final List<String> NUMBERS =
      List.of("0", "1", "4096", "64K", "256K", "1M", "2M", "-1", "0x1000", "1G");
  private static final List<String> ODD_TEXTS =
      List.of("", "\n", "\0", "x", "  7 ", "1 2", "1 2 3", "-5");
  private static final List<String> TRAFFIC =
      List.of(
          "add f connections=2 chunk=16K send=max read=0",
          "add g connections=1 chunk=4K send=1M/s read=1M/s",
          "add g connections=2 chunk=16K send=4M/s read=64K/s",
          "set f read=1M/s",
          "set g send=0",
          "remove f",
          "remove g");
  private static final int PIECE = 4096;

  private final MountedFs mount;
  private final SplittableRandom random;
  private final List<Process> tasks;
  private final List<String> files;

  RandomOperation(MountedFs mount, SplittableRandom random, List<Process> tasks) {
    this.mount = mount;
    this.random = random;
    this.tasks = tasks;
    // those of the root are those of all groups, and some more
    String[] names = mount.root().toFile().list();
    this.files = Arrays.stream(names).filter(name -> name.contains(".")).sorted().toList();
  }

  /** Does something; 0 or more, or a negative errno. */
  int run() {
    Path group = mount.path(any(GROUPS));
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> Syscalls.mkdir(group);
      case 3 -> Syscalls.rmdir(group);
      case 4 -> Syscalls.rename(group, mount.path(any(GROUPS)));
      case 5 -> list(group);
      case 6 -> Syscalls.writeOnce(group.resolve("sim.tcp.flows"), any(TRAFFIC));
      case 7 -> Syscalls.writeOnce(group.resolve("cgroup.procs"), task());
      case 8 -> Syscalls.writeOnce(mount.path("cgroup.procs"), task());
      case 9 -> Syscalls.writeOnce(group.resolve("memory.usage_in_bytes"), any(NUMBERS));
      case 10 -> Syscalls.writeOnce(group.resolve("memory.use_hierarchy"), "1");
      case 11 -> Syscalls.writeOnce(group.resolve("notify_on_release"), "1");
      case 12, 13, 14 -> Syscalls.writeOnce(group.resolve(any(files)), any(NUMBERS));
      case 15 -> Syscalls.writeOnce(group.resolve(any(files)), any(ODD_TEXTS));
      default -> readAndSometimesWrite(group.resolve(any(files)));
    };
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String task() {
    return Long.toString(any(tasks).pid());
  }

  private static int list(Path group) {
    String[] names = group.toFile().list();
    return names == null ? -2 : names.length; // gone
  }

  /** A handle that is open for a while: its group may go meanwhile. */
  private int readAndSometimesWrite(Path file) {
    boolean write = random.nextInt(4) == 0;
    int fd = Syscalls.open(file, write ? Syscalls.O_RDWR : Syscalls.O_RDONLY);
    if (fd < 0) {
      return fd;
    }
    try {
      int count = Syscalls.tryRead(fd, PIECE);
      if (count >= 0 && write) {
        count = Syscalls.write(fd, any(NUMBERS));
      }
      return count < 0 ? count : Syscalls.tryRead(fd, PIECE);
    } finally {
      Syscalls.close(fd);
    }
  }
}
