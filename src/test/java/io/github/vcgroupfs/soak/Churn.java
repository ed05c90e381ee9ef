package io.github.vcgroupfs.soak;

import java.util.SplittableRandom;

/** One kind of work on a mount. It is used by one thread, and has groups of its own. */
interface Churn {
  /** One word, for the minute's line. */
  String name();

  /** How long to rest after each step, milliseconds: what it costs a processor is up to this. */
  int pauseMs();

  /** Does a little. */
  void step(SplittableRandom random) throws Exception;

  /**
   * Ends what goes on by itself, such as processes, connections and faults. Groups may stay, and
   * steps may follow.
   */
  void rest() throws Exception;
}
