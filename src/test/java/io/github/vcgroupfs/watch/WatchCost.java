package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that measures what watching costs: {@code WatchCost DIR GROUPS}. It makes scratch
 * groups there and removes them. It prints the time of a look, and how long a bystander's read
 * takes without and with a watcher, in turns.
 */
final class WatchCost {
  private static final int ROUNDS = 5;
  private static final long LOOKS_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(4);

  private WatchCost() {}

  public static void main(String[] args) throws Exception {
    Path top = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    List<Path> groups = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        groups.add(Files.createDirectory(top.resolve("watchcost-" + i)));
      }
      measure(Hierarchy.at(top));
    } finally {
      for (Path each : groups) {
        Files.delete(each);
      }
    }
  }

  private static void measure(Hierarchy hierarchy) throws Exception {
    List<Long> looks = new ArrayList<>();
    long endNs = System.nanoTime() + LOOKS_NS;
    hierarchy.read(); // loads what is needed
    do {
      looks.add(hierarchy.read().tookNs());
    } while (System.nanoTime() < endNs);
    looks.sort(null);
    System.out.printf(
        "a look at %d groups: median %.1f ms, best %.1f ms, %d looks%n",
        hierarchy.read().groups().size(),
        looks.get(looks.size() / 2) / 1e6,
        looks.get(0) / 1e6,
        looks.size());
    Path file = hierarchy.directory().resolve(FakeTree.nameOf(Column.USAGE));
    reads(file); // loads what is needed
    List<long[]> without = new ArrayList<>();
    List<long[]> with = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      without.add(reads(file));
      try (Watcher watcher = new Watcher(hierarchy, Duration.ofSeconds(1))) {
        watcher.subscribe(snapshot -> {});
        watcher.now(Duration.ZERO);
        with.add(reads(file));
        if (round == ROUNDS - 1) {
          System.out.printf("one look in %.1f s%n", watcher.interval().toMillis() / 1e3);
        }
      }
    }
    print("without a watcher", without);
    print("with a watcher", with);
    System.out.printf("%.3f times the median%n", median(with) / (double) median(without));
  }

  private static long[] reads(Path file) throws Exception {
    List<Long> times = new ArrayList<>();
    long endNs = System.nanoTime() + ROUND_NS;
    while (System.nanoTime() < endNs) {
      long beganNs = System.nanoTime();
      Files.readAllBytes(file);
      times.add(System.nanoTime() - beganNs);
    }
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static long median(List<long[]> rounds) {
    return at(rounds, 500);
  }

  private static long at(List<long[]> rounds, int perMille) {
    long[] all = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return all[(int) (all.length * (long) perMille / 1000)];
  }

  private static void print(String when, List<long[]> rounds) {
    System.out.printf(
        "%s: median %.1f µs, 99th percentile %.1f µs, %d reads%n",
        when,
        at(rounds, 500) / 1e3,
        at(rounds, 990) / 1e3,
        rounds.stream().mapToInt(each -> each.length).sum());
  }
}
