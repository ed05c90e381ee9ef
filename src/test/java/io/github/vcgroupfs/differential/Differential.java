package io.github.vcgroupfs.differential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program: {@code Differential CALLS SEED…} makes that many calls for each seed on every root
 * that this machine has, prints where they do not agree, and ends with 1 if they do not somewhere.
 */
final class Differential {
  private static final String ROOTS = System.getProperty("vcgroupfs.roots", "kernel,mount,jvm");

  private static final boolean SHOWS_ACCEPTED = Boolean.getBoolean("vcgroupfs.accepted");

  private Differential() {}

  /** Compares. */
  public static void main(String[] arguments) throws Exception {
    int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    List<String> seeds =
        arguments.length > 1
            ? List.of(arguments).subList(1, arguments.length)
            : List.of("1", "2", "3");
    boolean well = true;
    for (String seed : seeds) {
      Comparison comparison = compare(Long.parseLong(seed), wanted, open());
      well &= comparison.differences().isEmpty();
    }
    System.exit(well ? 0 : 1);
  }

  /** All the worlds that there are; says which one is missing, and why. */
  static List<World> open() throws Exception {
    List<World> worlds = new ArrayList<>();
    try {
      open(worlds);
    } catch (Exception | AssertionError e) {
      worlds.forEach(World::close);
      throw e;
    }
    return worlds;
  }

  private static void open(List<World> worlds) throws Exception {
    String obstacle = Worlds.kernelObstacle();
    if (!obstacle.isEmpty()) {
      System.out.println("without the kernel's own hierarchy: " + obstacle);
    } else if (ROOTS.contains("kernel")) {
      worlds.add(Worlds.kernel());
    }
    if (ROOTS.contains("mount")) {
      worlds.add(Worlds.mount());
    }
    if (ROOTS.contains("jvm")) {
      worlds.add(Worlds.inJvm());
    }
  }

  /** Compares worlds, closes them, and prints what came of it. */
  static Comparison compare(long seed, int wanted, List<World> worlds) throws Exception {
    Comparison comparison = new Comparison(worlds, files(worlds.get(0)));
    long startNs = System.nanoTime();
    try {
      comparison.run(seed, wanted);
    } finally {
      worlds.forEach(World::close);
    }
    System.out.printf(
        "seed %d on %s: %d calls, %d refused, %d methods, %d ms%n",
        seed,
        worlds,
        comparison.calls(),
        comparison.refused(),
        comparison.methods().size(),
        (System.nanoTime() - startNs) / 1_000_000);
    comparison.accepted().forEach(Differential::printAccepted);
    comparison
        .kinds()
        .forEach(
            (kind, all) -> System.out.printf("DIFFERENCE, %d times: %s%n", all.size(), all.get(0)));
    return comparison;
  }

  private static void printAccepted(String what, List<Difference> all) {
    System.out.printf("  accepted %d times: %s%n", all.size(), what);
    if (SHOWS_ACCEPTED) {
      all.stream()
          .map(each -> each.step() + " " + each.outcomes())
          .distinct()
          .forEach(each -> System.out.println("    " + each));
    }
  }

  private static List<String> files(World world) throws Exception {
    try (Stream<Path> all = Files.list(world.scratch())) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
