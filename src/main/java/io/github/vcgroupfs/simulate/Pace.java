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

  /** A line that is worked on. The three belong together. */
  private record At(int line, long charsBefore, @Nullable LongSupplier clock, long endNs) {}

  private volatile At at = new At(0, 0, null, 0);

  Pace() {}

  void reads(int line, long charsBefore) {
    at = new At(line, charsBefore, null, 0);
  }

  void runs(LongSupplier clock, double seconds) {
    At line = at;
    at = new At(line.line(), line.charsBefore(), clock, (long) (seconds * SECOND_NS));
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
      line += " (%d %%)".formatted(Math.min(100, now.charsBefore() * 100 / chars));
    }
    LongSupplier clock = now.clock();
    return clock == null
        ? line
        : String.format(
            Locale.ROOT,
            "%s, %.1f of %.1f s simulated",
            line,
            Math.min(clock.getAsLong(), now.endNs()) / SECOND_NS,
            now.endNs() / SECOND_NS);
  }
}
