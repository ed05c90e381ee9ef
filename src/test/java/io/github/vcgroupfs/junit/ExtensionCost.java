package io.github.vcgroupfs.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.vcgroupfs.nio.Cgroups;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What a test with a hierarchy in the JVM costs: the first one of a JVM, from the start of that
 * JVM, and further ones. A program, not a test; the page on benchmarks names it.
 */
final class ExtensionCost {
  private static final int TESTS = 200;
  private static final double NS_PER_MS = 1e6;

  /** Moments in the life of a test, in nanoseconds. */
  private static final List<Long> STARTED_NS = new ArrayList<>();

  /**
   * The processor time of their thread by then, which other work on the machine does not change.
   */
  private static final List<Long> USED_NS = new ArrayList<>();

  private ExtensionCost() {}

  /** A test as people write them. */
  @VirtualCgroup(profile = "linux-6.1")
  static class Usual {
    @RepeatedTest(TESTS)
    void test(Path root, Cgroups cgroups) throws IOException {
      started();
      Path web = Files.createDirectory(root.resolve("web"));
      Files.writeString(web.resolve("memory.limit_in_bytes"), "64M");
      cgroups.group("/web").assertWrote("memory.limit_in_bytes").with("64M");
    }
  }

  /** The same without a hierarchy: what JUnit itself costs. */
  static class Bare {
    @RepeatedTest(TESTS)
    void test() {
      started();
    }
  }

  private static void started() {
    STARTED_NS.add(System.nanoTime());
    USED_NS.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static double medianMs(List<Long> moments) {
    double[] further = new double[TESTS - 1];
    for (int i = 0; i < further.length; i++) {
      further[i] = (moments.get(i + 1) - moments.get(i)) / NS_PER_MS;
    }
    Arrays.sort(further);
    return further[further.length / 2];
  }

  /** Prints the figures; with the argument {@code bare} those of JUnit alone. */
  public static void main(String[] args) {
    boolean bare = args.length > 0 && args[0].equals("bare");
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(bare ? Bare.class : Usual.class))
        .execute()
        .testEvents()
        .assertStatistics(counts -> counts.succeeded(TESTS));
    long sinceStartMs =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    long firstMs = sinceStartMs - (long) ((System.nanoTime() - STARTED_NS.get(0)) / NS_PER_MS);
    System.out.printf(
        "%s: first test %d ms after the start of the JVM (%.0f ms of its thread); a further one "
            + "%.2f ms (%.2f ms of its thread), median of %d%n",
        bare ? "JUnit alone" : "@VirtualCgroup",
        firstMs,
        USED_NS.get(0) / NS_PER_MS,
        medianMs(STARTED_NS),
        medianMs(USED_NS),
        TESTS - 1);
  }
}
