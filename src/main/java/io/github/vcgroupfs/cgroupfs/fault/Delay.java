package io.github.vcgroupfs.cgroupfs.fault;

import io.github.vcgroupfs.cgroup.Cgroup;
import java.util.List;

/**
 * How long one call is to wait. That becomes less when rules go, and nothing when the group of the
 * call goes. Thread-safe.
 */
public final class Delay {
  private final Cgroup place;
  private final List<Part> parts;

  /**
   * A delay of some parts.
   *
   * @param place the group that the call is about
   */
  Delay(Cgroup place, List<Part> parts) {
    this.place = place;
    this.parts = List.copyOf(parts);
  }

  /** What one rule adds. */
  interface Part {
    /** Milliseconds; 0 once the rule was taken away. */
    int ms();
  }

  /** Milliseconds from the beginning of the wait; {@link FaultRule#MAX_DELAY_MS} at most. */
  public long ms() {
    if (!place.isAlive()) {
      return 0;
    }
    long sum = 0;
    for (Part part : parts) {
      sum += part.ms();
    }
    return Math.min(sum, FaultRule.MAX_DELAY_MS);
  }
}
