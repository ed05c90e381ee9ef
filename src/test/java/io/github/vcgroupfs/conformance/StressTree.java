package io.github.vcgroupfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold of a mounted tree that nobody changes, looked at through its files alone. */
final class StressTree {
  private static final Pattern NEGATIVE = Pattern.compile("(?m)(^|[ =])-[0-9]");
  private static final Pattern USAGE = Pattern.compile(".*(?<!max_)usage_in_bytes");
  private static final int PAUSE_MS = 50;
  private static final int MAX_PAUSES = 200;

  private final MountedFs mount;

  StressTree(MountedFs mount) {
    this.mount = mount;
  }

  /** Ends all sending and reading, and waits until usage stays as it is; what is buffered stays. */
  void settle() throws Exception {
    for (Path group : groups()) {
      for (String flow : List.of("f", "g")) {
        Syscalls.writeOnce(group.resolve("sim.tcp.flows"), "set " + flow + " send=0 read=0");
      }
    }
    String last = "";
    String now = usages();
    for (int i = 0; !now.equals(last); i++) {
      assertThat(i).as("pauses until usage settles: %s", now).isLessThan(MAX_PAUSES);
      Thread.sleep(PAUSE_MS);
      last = now;
      now = usages();
    }
  }

  private String usages() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path group : groups()) {
      for (Path file : files(group)) {
        if (isUsage(file)) {
          all.append(file).append(' ').append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  /** Nothing is negative, and in a hierarchy a group has at least what its children have. */
  void checkInvariants() throws IOException {
    assertThat(groups()).as("groups to look at").hasSizeGreaterThan(1);
    String now = usages();
    for (Path group : groups()) {
      for (Path file : files(group)) {
        String name = file.getFileName().toString();
        if (name.endsWith("_in_bytes") || name.endsWith("failcnt") || name.endsWith("stat")) {
          assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(NEGATIVE);
        }
        if (isUsage(file) && isHierarchical(group)) {
          long below = 0;
          for (Path child : children(group)) {
            below += number(child.resolve(name));
          }
          assertThat(number(file)).as("%s in%n%s", file, now).isGreaterThanOrEqualTo(below);
        }
      }
    }
  }

  /** Removes all groups, after their processes went to the root and no limit is in the way. */
  void clear() throws IOException {
    for (Path group : groups()) {
      if (!group.equals(mount.root())) {
        Files.writeString(group.resolve("memory.memsw.limit_in_bytes"), "-1"); // never the lower
        Files.writeString(group.resolve("memory.limit_in_bytes"), "-1");
      }
    }
    for (Path group : groups().stream().sorted(Comparator.reverseOrder()).toList()) {
      if (!group.equals(mount.root())) {
        for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
          mount.write("cgroup.procs", pid);
        }
        int removed = Syscalls.rmdir(group);
        assertThat(removed).as("rmdir %s: %s", group, why(removed, group)).isZero();
      }
    }
  }

  private static String why(int answer, Path group) throws IOException {
    return answer == 0 ? "" : Files.readString(group.resolve("sim.why"));
  }

  /** What the groups were charged went with them. */
  void checkEmpty() throws IOException {
    assertThat(groups()).containsExactly(mount.root());
    assertThat(mount.read("sim.static_branch")).doesNotContainPattern("users=[1-9]");
    for (Path file : files(mount.root())) {
      String name = file.getFileName().toString();
      if (name.endsWith("tcp.usage_in_bytes")) {
        assertThat(number(file)).as("%s", file).isZero();
      }
    }
  }

  private static boolean isUsage(Path file) {
    return USAGE.matcher(file.getFileName().toString()).matches();
  }

  private static boolean isHierarchical(Path group) throws IOException {
    return number(group.resolve("memory.use_hierarchy")) == 1;
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private List<Path> groups() throws IOException {
    try (Stream<Path> all = Files.walk(mount.root())) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Path> children(Path group) throws IOException {
    try (Stream<Path> all = Files.list(group)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private static List<Path> files(Path group) throws IOException {
    try (Stream<Path> all = Files.list(group)) {
      return all.filter(Files::isRegularFile).filter(Files::isReadable).sorted().toList();
    }
  }
}
