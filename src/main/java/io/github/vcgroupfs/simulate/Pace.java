package io.github.vcgroupfs.simulate;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a simulator is. The thread that simulates writes it, once a scenario; any thread may read
 * it. How far a scenario is, is the time of its own clock: nothing is done for it while it runs.
 */
public final class Pace {
  private static final double SECOND_NS = 1e9;

  /** A line that is worked on, as one value: who reads it sees parts that belong together. */
  private record At(int line, long before, int length, @Nullable LongSupplier clock, long endNs) {
    /** How much of the scenario is simulated, from 0 to 1. */
    double share() {
      return clock == null || endNs == 0 ? 0 : (double) nowNs(clock) / endNs;
    }

    /** The last event may come after the end. */
    long nowNs(LongSupplier of) {
      return Math.min(of.getAsLong(), endNs);
    }
  }

  private volatile At at = new At(0, 0, 0, null, 0);

  Pace() {}

  /** A line is read: its number, and how many characters there were before it and are in it. */
  void reads(int line, long before, int length) {
    at = new At(line, before, length, null, 0);
  }

  /** The scenario in it runs. */
  void runs(LongSupplier clock, double seconds) {
    At read = at;
    at = new At(read.line(), read.before(), read.length(), clock, (long) (seconds * SECOND_NS));
  }

  /**
   * In a few words: which line it is at, and how many seconds of it are simulated.
   *
   * @param chars how many there are in all lines; 0 if that is not known
   */
  public String words(long chars) {
    At now = at;
    String line = "line " + now.line();
    if (chars > 0) {
      double done = (now.before() + now.length() * now.share()) / chars;
      line += " (%d %%)".formatted(Math.min(100, Math.round(done * 100)));
    }
    LongSupplier clock = now.clock();
    return clock == null
        ? line
        : String.format(
            Locale.ROOT,
            "%s, %.1f of %.1f s simulated",
            line,
            now.nowNs(clock) / SECOND_NS,
            now.endNs() / SECOND_NS);
  }
}
