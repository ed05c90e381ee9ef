package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.testing.Syscalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The groups that are called on, below the top: of a mount of ours, or of a scratch group of the
 * kernel. For a thread of root.
 */
final class FuzzTree {
  private static final int READ_BYTES = 1 << 16;
  private static final int MOST_ROUNDS = 100;
  private static final int PAUSE_MS = 100;
  private static final List<String> LIMITS =
      List.of("memory.memsw.limit_in_bytes", "memory.limit_in_bytes");
  private static final List<String> GROUPS =
      List.of(Targets.DELEGATED, Targets.DELEGATED + "/a", Targets.OPEN, "a", "b");

  private final String top;

  FuzzTree(String top) {
    this.top = top;
  }

  /** Makes the groups that are missing, gives one to its user, opens one to all. */
  void prepare() {
    for (String group : GROUPS) {
      Syscalls.mkdir(top + "/" + group);
    }
    Syscalls.chmod(top + "/" + Targets.OPEN, 0777);
    String delegated = top + "/" + Targets.DELEGATED;
    int owner = FuzzUser.OWNER.id();
    Syscalls.chmod(delegated, 0755);
    Syscalls.chown(delegated, owner, owner);
    for (String file : names(delegated, Syscalls.DT_REG)) {
      Syscalls.chown(delegated + "/" + file, owner, owner);
    }
  }

  /** What can be called on. */
  Targets targets() {
    List<String> ofTop = new ArrayList<>(names(top, Syscalls.DT_REG));
    if (Syscalls.exists(top + "/sim.proc") == 0) {
      ofTop.addAll(List.of("sim.proc", "sim.proc/mounts", "sim.proc/cgroup"));
    }
    ofTop.sort(null);
    return new Targets(top, ofTop, names(top + "/a", Syscalls.DT_REG).stream().sorted().toList());
  }

  /**
   * The text of each usage of the top that must be the same when all groups are gone. Memory that
   * was injected into a group stays with the groups above it, as pages do in the kernel.
   */
  Map<String, String> usages() {
    Map<String, String> usages = new TreeMap<>();
    for (String file : names(top, Syscalls.DT_REG)) {
      if (file.contains("kmem") && file.endsWith(".usage_in_bytes")) {
        usages.put(file, read(top + "/" + file));
      }
    }
    return usages;
  }

  /** What {@code sim.static_branch} says; empty where there is none. */
  String staticBranch() {
    return read(top + "/sim.static_branch");
  }

  /**
   * Moves all members to the top and removes all groups.
   *
   * @return what could not be removed, and why; empty if everything could
   */
  List<String> clear() throws InterruptedException {
    write(top + "/sim.fault", "clear");
    List<String> left = List.of();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      left = new ArrayList<>();
      removeAll(top, left);
      if (left.isEmpty()) {
        return left;
      }
      Thread.sleep(PAUSE_MS); // processes that end take a moment
    }
    return left;
  }

  private void removeAll(String group, List<String> left) {
    for (String name : names(group, Syscalls.DT_DIR)) {
      String child = group + "/" + name;
      write(child + "/sim.fault", "clear");
      for (String limit : LIMITS) {
        write(child + "/" + limit, "-1"); // what a group leaves must find room above
      }
      removeAll(child, left);
      for (String list : Texts.PROCESSES) {
        read(child + "/" + list).lines().forEach(pid -> write(top + "/" + list, pid));
      }
      int result = Syscalls.rmdir(child);
      if (result < 0) {
        left.add(
            "rmdir %s: %s; %s"
                .formatted(child, KernelErrnos.name(result), read(child + "/sim.why")));
      }
    }
  }

  private static List<String> names(String directory, int type) {
    return Syscalls.tryList(directory).stream()
        .filter(entry -> entry.type() == type && !List.of(".", "..").contains(entry.name()))
        .map(Syscalls.Entry::name)
        .toList();
  }

  /** Empty where it cannot be read. */
  private static String read(String path) {
    int fd = Syscalls.open(path, Syscalls.O_RDONLY);
    if (fd < 0) {
      return "";
    }
    byte[] to = new byte[READ_BYTES];
    int count = Syscalls.read(fd, to);
    Syscalls.close(fd);
    return new String(Arrays.copyOf(to, Math.max(0, count)), ISO_8859_1);
  }

  private static void write(String path, String text) {
    int fd = Syscalls.open(path, Syscalls.O_WRONLY);
    if (fd >= 0) {
      Syscalls.write(fd, text);
      Syscalls.close(fd);
    }
  }
}
