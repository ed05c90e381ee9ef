package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.Nullable;

/**
 * One direction of the way between two ends: what {@code net/sched/sch_netem.c netem_enqueue} does
 * to packets. Each is lost by chance, or is late by a time of its own, so that packets overtake
 * each other. Not thread-safe.
 */
final class Lane {
  private final NetworkPath machine;
  private final PathSpec spec;

  /** Null if nothing is left to chance. */
  private final @Nullable Draws draws;

  /** What was decided for the packet before: its other pieces go with it. */
  private boolean lost;

  private long delayNs;

  /**
   * An empty lane.
   *
   * @param seed of what is drawn by chance, for this direction alone
   */
  Lane(NetworkPath machine, PathSpec spec, long seed) {
    this.machine = machine;
    this.spec = spec;
    this.draws = spec.loss() > 0 || spec.jitterNs() > 0 ? new Draws(seed) : null;
    this.delayNs = spec.rttNs() / 2;
  }

  /** How long a packet is on its way if nothing is left to chance, nanoseconds. */
  long delayNs() {
    return spec.rttNs() / 2;
  }

  /**
   * Sends a packet.
   *
   * @param isPiece whether the device cuts it from the packet before: chance has decided already
   * @return whether it will arrive
   */
  boolean transmit(Runnable arrival, boolean isPiece) {
    if (draws != null && !isPiece) {
      decide(draws);
    }
    if (!lost) {
      machine.transmit(arrival, delayNs);
    }
    return !lost;
  }

  private void decide(Draws chance) {
    lost = spec.loss() > 0 && chance.uniform() < spec.loss();
    if (spec.jitterNs() > 0 && !lost) {
      double early = (2 * chance.uniform() - 1) * spec.jitterNs(); // tabledist without a table
      delayNs = Math.max(0, spec.rttNs() / 2 + (long) early);
    }
  }
}
