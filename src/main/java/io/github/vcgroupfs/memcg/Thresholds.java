package io.github.vcgroupfs.memcg;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The usage thresholds of one group, sorted, and which of them usage has reached: {@code struct
 * mem_cgroup_thresholds}.
 *
 * <p><b>Concurrency:</b> {@link #usageChanged} comes from any charge and costs two volatile reads
 * while usage stays between the same two thresholds. Pairs: a charge changes usage and then reads
 * {@code band}; a crossing writes {@code band} under this object's monitor and then reads usage
 * again. So whichever comes last sees the other, and a crossing is reported once. If usage crosses
 * a threshold and returns before anybody looks, that is not reported ({@code
 * __mem_cgroup_threshold} says the same).
 */
final class Thresholds implements UsageListener {
  private static final Band EVERYTHING = new Band(0, -1L);

  private final LongSupplier usage;
  private final BooleanSupplier alive;

  @GuardedBy("this")
  private final List<Threshold> entries = new ArrayList<>();

  /** How many entries are at or below the usage that was told last. */
  @GuardedBy("this")
  private int reached;

  private volatile Band band = EVERYTHING;

  /**
   * Thresholds of a group.
   *
   * @param usage what is charged now, in units
   * @param alive whether the group is still there: a removed one tells nothing more
   */
  Thresholds(LongSupplier usage, BooleanSupplier alive) {
    this.usage = usage;
    this.alive = alive;
  }

  /** A threshold, in units, and whom to tell. Each is one registration: compared by identity. */
  static final class Threshold {
    private final long units;
    private final EventFd fd;

    Threshold(long units, EventFd fd) {
      this.units = units;
      this.fd = fd;
    }
  }

  /** Unsigned bounds, in units, within which no threshold is crossed. */
  private record Band(long least, long most) {
    boolean holds(long usage) {
      return !PageCounter.above(least, usage) && !PageCounter.above(usage, most);
    }
  }

  /**
   * Adds one: {@code mem_cgroup_usage_register_event}. At or below the usage of now it counts as
   * reached, and nothing is told. Preconditions: the group's counters know of this object.
   */
  synchronized void add(Threshold threshold) {
    long units = threshold.units;
    cross(); // what was crossed before must not be told as crossed after
    long now = usage.getAsLong();
    int at = 0;
    while (at < entries.size() && !PageCounter.above(entries.get(at).units, units)) {
      at++;
    }
    entries.add(at, threshold);
    reached = 0;
    while (reached < entries.size() && !PageCounter.above(entries.get(reached).units, now)) {
      reached++;
    }
    setBand();
    cross();
  }

  /** Forgets one. */
  synchronized void remove(Threshold which) {
    int at = entries.indexOf(which);
    if (at >= 0) {
      entries.remove(at);
      reached -= at < reached ? 1 : 0;
      setBand();
    }
  }

  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Tells those that were crossed since the last call. */
  @Override
  public void usageChanged() {
    if (!band.holds(usage.getAsLong()) && alive.getAsBoolean()) {
      synchronized (this) {
        cross();
      }
    }
  }

  @GuardedBy("this")
  private void cross() {
    long now = usage.getAsLong();
    while (!band.holds(now)) {
      while (reached > 0 && PageCounter.above(entries.get(reached - 1).units, now)) {
        entries.get(--reached).fd.signal();
      }
      while (reached < entries.size() && !PageCounter.above(entries.get(reached).units, now)) {
        entries.get(reached++).fd.signal();
      }
      setBand();
      now = usage.getAsLong();
    }
  }

  @GuardedBy("this")
  private void setBand() {
    long least = reached == 0 ? 0 : entries.get(reached - 1).units;
    long most = reached == entries.size() ? -1L : entries.get(reached).units - 1;
    band = new Band(least, most);
  }
}
