package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import java.util.Optional;
import java.util.OptionalDouble;

/** How fast numbers change between two looks. Has no state. */
public final class Rates {
  private static final double MS_PER_SECOND = 1000;

  private Rates() {}

  /**
   * By how much a counter of a group has grown a second.
   *
   * @param group its path
   * @return empty if it is not known in both, if somebody has reset it meanwhile, or if no time has
   *     passed
   */
  public static OptionalDouble perSecond(
      Snapshot before, Snapshot after, String group, Column counter) {
    Optional<GroupSample> then = before.group(group);
    Optional<GroupSample> now = after.group(group);
    if (then.isEmpty() || now.isEmpty()) {
      return OptionalDouble.empty();
    }
    long from = then.get().raw(counter);
    long to = now.get().raw(counter);
    long ms = after.timeMs() - before.timeMs();
    return from == Column.UNKNOWN || to < from || ms <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((to - from) * MS_PER_SECOND / ms);
  }
}
