package io.github.vcgroupfs.memcg;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The usage thresholds of one group, sorted, and which of them usage has reached: {@code struct
 * mem_cgroup_thresholds}.
 *
 * <p><b>Concurrency:</b> {@link #usageChanged} comes from any charge and costs two volatile reads
 * while usage stays between the same two thresholds. Pairs: a charge changes usage and then reads
 * {@code band}; a crossing writes {@code band} under this object's monitor and then reads usage
 * again. So whichever comes last sees the other, and what was crossed is told once. Usage that goes
 * over a threshold and back before anybody looked is not told ({@code __mem_cgroup_threshold} says
 * the same).
 */
final class Thresholds implements UsageListener {
  private static final Band EVERYTHING = new Band(0, -1L);

  private final MemCgroup group;

  @GuardedBy("this")
  private final List<Threshold> entries = new ArrayList<>();

  /** How many entries are at or below the usage that was told last. */
  @GuardedBy("this")
  private int reached;

  private volatile Band band = EVERYTHING;

  Thresholds(MemCgroup group) {
    this.group = group;
  }

  /** A threshold, in units, and whom to tell. */
  private record Threshold(long units, EventFd fd) {}

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
  synchronized void add(long units, EventFd fd) {
    cross(); // what was crossed before must not be told as crossed after
    long usage = UsageView.charged(group);
    int at = 0;
    while (at < entries.size() && !PageCounter.above(entries.get(at).units, units)) {
      at++;
    }
    entries.add(at, new Threshold(units, fd));
    reached = 0;
    while (reached < entries.size() && !PageCounter.above(entries.get(reached).units, usage)) {
      reached++;
    }
    setBand();
    cross();
  }

  /** Forgets those whose eventfd is meant. */
  synchronized void removeIf(Predicate<EventFd> isMeant) {
    int left = 0;
    for (int i = 0; i < reached; i++) {
      left += isMeant.test(entries.get(i).fd) ? 0 : 1;
    }
    entries.removeIf(entry -> isMeant.test(entry.fd));
    reached = left;
    setBand();
  }

  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Tells those that were crossed since the last call. */
  @Override
  public void usageChanged() {
    if (!band.holds(UsageView.charged(group)) && group.isAlive()) {
      synchronized (this) {
        cross();
      }
    }
  }

  @GuardedBy("this")
  private void cross() {
    long usage = UsageView.charged(group);
    while (!band.holds(usage)) {
      while (reached > 0 && PageCounter.above(entries.get(reached - 1).units, usage)) {
        entries.get(--reached).fd.signal();
      }
      while (reached < entries.size() && !PageCounter.above(entries.get(reached).units, usage)) {
        entries.get(reached++).fd.signal();
      }
      setBand();
      usage = UsageView.charged(group);
    }
  }

  @GuardedBy("this")
  private void setBand() {
    long least = reached == 0 ? 0 : entries.get(reached - 1).units;
    long most = reached == entries.size() ? -1L : entries.get(reached).units - 1;
    band = new Band(least, most);
  }
}
