package io.github.vcgroupfs.traffic;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how far the simulated traffic is behind real time because the machine is too slow, and
 * reports it. Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Lag {
  private static final Logger LOG = LoggerFactory.getLogger(Lag.class);

  /** Less is not worth a word: a pause of the JVM. */
  private static final long WORTH_TELLING_NS = 200_000_000;

  private static final long BETWEEN_WARNINGS_NS = 60_000_000_000L;

  private long lagNs;
  private long warnedNs = Long.MIN_VALUE;

  /** What the clock saw now. */
  void observe(long behindNs, long nowNs) {
    lagNs = behindNs;
    if (isWorthTelling()
        && (warnedNs == Long.MIN_VALUE || nowNs - warnedNs > BETWEEN_WARNINGS_NS)) {
      warnedNs = nowNs;
      LOG.warn("{}", sentence());
    }
  }

  private boolean isWorthTelling() {
    return lagNs > WORTH_TELLING_NS;
  }

  private String sentence() {
    return "simulated traffic is "
        + lagNs / 1_000_000
        + " ms behind real time: this machine cannot keep up; fewer connections or lower rates would";
  }

  /** A line for whoever reads the flows; nothing if all is well. */
  String text() {
    return isWorthTelling() ? "# " + sentence() + "\n" : "";
  }
}
