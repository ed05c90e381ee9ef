package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.testing.DaemonHeap;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A mount on which nothing happens any more: it is emptied, and what is left is counted. */
final class Rest {
  /** As in StressIT: the journal and the JVM's own tables are less. */
  private static final long MAX_GROWTH_BYTES = 256 << 10;

  private static final String GROUP = "io.github.vcgroupfs.cgroup.Cgroup";
  private static final String REGISTRATION = "io.github.vcgroupfs.notify.FetchedEventFd";
  private static final List<String> NONE_LEFT =
      List.of(
          "io.github.vcgroupfs.traffic.RelayLink",
          "io.github.vcgroupfs.traffic.Flow",
          "io.github.vcgroupfs.cgroupfs.OpenFile");

  private final SoakDaemon daemon;
  private final Invariants invariants;

  Rest(SoakDaemon daemon, Invariants invariants) {
    this.daemon = daemon;
    this.invariants = invariants;
  }

  /**
   * What a daemon at rest has.
   *
   * @param heap what is alive
   * @param files descriptors
   * @param threads threads
   */
  record Figures(DaemonHeap.Figures heap, long files, long threads) {
    @Override
    public String toString() {
      return "heap %d bytes, %d descriptors, %d threads".formatted(heap.bytes(), files, threads);
    }
  }

  /** Takes away all groups, each after a look whether anything in it is in use still. */
  void empty() throws InterruptedException {
    invariants.await("no connections", this::connections);
    invariants.await("usage is 0 in every group, and it can be removed", this::removeAll);
  }

  private String connections() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path group : groups()) {
      wrong.addAll(notAsWanted(group, "sim.tcp.sockets", ""));
    }
    return String.join("; ", wrong);
  }

  /** Deepest first: what a group takes is charged to its parent. */
  private String removeAll() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path group : groups()) {
      // a group with processes shows a page
      List<String> inUse =
          Files.readString(group.resolve("cgroup.procs")).isEmpty()
              ? notAsWanted(group, "*[.]usage_in_bytes", "0\n")
              : List.of(group + " has processes");
      int answer = inUse.isEmpty() ? Syscalls.rmdir(group) : 0;
      wrong.addAll(inUse);
      if (answer != 0) {
        wrong.add("rmdir " + group + ": errno " + -answer);
      }
    }
    return String.join("; ", wrong);
  }

  private static List<String> notAsWanted(Path group, String glob, String wanted)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(group, glob)) {
      for (Path file : files) {
        String text = Files.readString(file);
        if (!text.equals(wanted)) {
          wrong.add(file + " is " + text.strip());
        }
      }
    }
    return wrong;
  }

  /** Those below the roots; deepest first. */
  private List<Path> groups() throws IOException {
    List<Path> roots = List.of(daemon.mount(), daemon.memory(), daemon.pids());
    try (Stream<Path> all = Files.walk(daemon.mount())) {
      return all.filter(Files::isDirectory)
          .filter(path -> !roots.contains(path))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** Counts what is there. */
  Figures look() throws Exception {
    for (Path root : List.of(daemon.memory(), daemon.pids())) {
      Files.readString(
          root.resolve("cgroup.procs")); // the last look at /proc holds groups that are gone
    }
    DaemonHeap.Figures heap = daemon.heap().afterFullGc();
    return new Figures(heap, daemon.heap().openFiles(), daemon.threads());
  }

  /** Whether it has no more than before. */
  void compare(Figures before) throws InterruptedException {
    invariants.await(
        "no group, connection, flow, registration or handle in memory",
        () -> objects(look(), before));
    invariants.await("heap: " + MAX_GROWTH_BYTES + " bytes more at most", () -> heap(before));
    invariants.await("descriptors as before: " + before.files(), () -> files(look(), before));
    invariants.await("threads as before: " + before.threads(), () -> threads(look(), before));
  }

  private String objects(Figures now, Figures before) throws Exception {
    List<String> wrong = new ArrayList<>();
    if (now.heap().instances(GROUP) > before.heap().instances(GROUP)) {
      wrong.add(now.heap().instances(GROUP) + " of " + GROUP);
    }
    // each thread that tells clients has its last one until it gets another
    if (now.heap().instances(REGISTRATION) > daemon.eventThreads()) {
      wrong.add(now.heap().instances(REGISTRATION) + " of " + REGISTRATION);
    }
    for (String each : NONE_LEFT) {
      if (now.heap().instances(each) > 0) {
        wrong.add(now.heap().instances(each) + " of " + each);
      }
    }
    return String.join("; ", wrong);
  }

  private String heap(Figures before) throws Exception {
    DaemonHeap.Figures now = look().heap();
    long growth = now.bytes() - before.heap().bytes();
    return growth <= MAX_GROWTH_BYTES
        ? ""
        : "%d bytes more: %s".formatted(growth, now.growthSince(before.heap()));
  }

  private static String files(Figures now, Figures before) {
    return now.files() <= before.files() ? "" : now.files() + " now";
  }

  private static String threads(Figures now, Figures before) {
    return now.threads() <= before.threads() ? "" : now.threads() + " now";
  }
}
