package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Sample;
import java.util.HashMap;
import java.util.Map;

/**
 * All groups together. What counts in a group above, too, is counted once. Samples of the same time
 * are one change. Not thread-safe.
 */
final class Sum {
  private final Map<String, Curves.Values> last = new HashMap<>();
  private final Curves curves;
  private Curves.Values values = Curves.Values.NOTHING;
  private double atMs;

  Sum(TimeGrid grid) {
    this.curves = Curves.on(grid);
  }

  void add(Sample sample) {
    if (sample.ms() > atMs) {
      settle();
      atMs = sample.ms();
    }
    Curves.Values all = Curves.Values.of(sample);
    Curves.Values now = sample.countsAbove() ? all.withoutUsage() : all;
    Curves.Values before = last.put(sample.group(), now);
    values = values.plus(now);
    if (before != null) {
      values = values.plus(before.negated());
    }
  }

  /** No more of that time comes. */
  void settle() {
    curves.set(atMs, values);
  }

  Curves curves() {
    return curves;
  }
}
