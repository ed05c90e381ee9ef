package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Somebody who only reads one file of a mount, as {@code cat} does, and looks how long that takes:
 * first as long as nothing is wrong, then while something is.
 */
final class Bystander {
  private static final int READS = 200;
  private static final long MAX_MEDIAN_NS = 5_000_000;
  private static final long MAX_99TH_NS = 50_000_000;

  /** A busy machine may be slow by itself; whoever is held up is so each time. */
  private static final int TRIES = 4;

  private final Path file;
  private final long[] before;

  private Bystander(Path file) throws IOException {
    this.file = file;
    look(); // loads what is needed
    this.before = look();
  }

  /** Looks how long it takes while nothing is wrong. */
  static Bystander of(Path file) throws IOException {
    return new Bystander(file);
  }

  /** It takes 5 ms longer at most in the median of 200, and 50 ms in the 99th percentile. */
  void isNotHeldUp(String meanwhile) throws IOException {
    String found = "";
    for (int i = 0; i < TRIES; i++) {
      long[] now = look();
      long median = at(now, 50) - at(before, 50);
      long high = at(now, 99) - at(before, 99);
      found =
          "%s: the median is %+d µs from %d, the 99th percentile %+d µs from %d"
              .formatted(
                  meanwhile,
                  median / 1_000,
                  at(before, 50) / 1_000,
                  high / 1_000,
                  at(before, 99) / 1_000);
      if (median <= MAX_MEDIAN_NS && high <= MAX_99TH_NS) {
        System.out.println(found);
        return;
      }
    }
    throw new AssertionError(found);
  }

  private static long at(long[] sorted, int percent) {
    return sorted[sorted.length * percent / 100];
  }

  private long[] look() throws IOException {
    long[] times = new long[READS];
    for (int i = 0; i < READS; i++) {
      long beganNs = System.nanoTime();
      assertThat(Files.readAllBytes(file)).isNotEmpty();
      times[i] = System.nanoTime() - beganNs;
    }
    Arrays.sort(times);
    return times;
  }
}
