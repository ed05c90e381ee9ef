package io.github.vcgroupfs.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.columns.Column;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What was seen in the last ten minutes, or less if that would take too much memory: it is kept in
 * stretches, and the oldest is dropped. A thousand groups that all move take about 20 MB for ten
 * minutes, a thousand idle ones 3 MB. Thread-safe.
 */
public final class History {
  private static final long KEPT_MS = 600_000;
  private static final long STRETCH_MS = 60_000;
  private static final int MAX_LOOKS = 256;
  private static final long MAX_BYTES = 48L << 20;

  /** Those after them in the order of the tree have no history. */
  private static final int MAX_GROUPS = 10_000;

  @GuardedBy("this")
  private final Deque<Stretch> stretches = new ArrayDeque<>();

  /** A stretch of time. */
  private static final class Stretch {
    private final Map<String, GroupTrack> groups = new HashMap<>();
    private long[] timesMs = new long[64];
    private int looks;
    private long sizeBytes;

    boolean isFull(long nowMs) {
      return looks == MAX_LOOKS || (looks > 0 && nowMs - timesMs[0] >= STRETCH_MS);
    }

    long newestMs() {
      return timesMs[looks - 1];
    }

    void add(Snapshot snapshot) {
      if (looks == timesMs.length) {
        timesMs = Arrays.copyOf(timesMs, looks * 2);
      }
      timesMs[looks] = snapshot.timeMs();
      int count = Math.min(snapshot.groups().size(), MAX_GROUPS);
      for (GroupSample each : snapshot.groups().subList(0, count)) {
        groups.computeIfAbsent(each.path(), path -> new GroupTrack()).add(looks, each);
      }
      looks++;
      measure();
    }

    void end() {
      groups.values().forEach(GroupTrack::end);
      measure();
    }

    private void measure() {
      sizeBytes = groups.values().stream().mapToLong(GroupTrack::sizeBytes).sum();
    }
  }

  /** Nothing was seen yet. */
  History() {}

  /** Something was seen. */
  synchronized void add(Snapshot snapshot) {
    Stretch stretch = stretches.peekLast();
    if (stretch == null || stretch.isFull(snapshot.timeMs())) {
      if (stretch != null) {
        stretch.end();
      }
      stretch = new Stretch();
      stretches.addLast(stretch);
    }
    stretch.add(snapshot);
    while (stretches.size() > 1
        && (stretches.peekFirst().newestMs() < snapshot.timeMs() - KEPT_MS
            || sizeBytes() > MAX_BYTES)) {
      stretches.removeFirst();
    }
  }

  /** About how much memory it takes. */
  synchronized long sizeBytes() {
    return stretches.stream().mapToLong(each -> each.sizeBytes).sum();
  }

  /** All that is known of a group. Empty if nothing was seen yet. */
  public Series of(String group) {
    return of(group, Integer.MAX_VALUE);
  }

  /**
   * What is known of a group from the last looks.
   *
   * @param mostLooks how many looks it shall have at most
   */
  public synchronized Series of(String group, int mostLooks) {
    int all = stretches.stream().mapToInt(each -> each.looks).sum();
    int looks = Math.min(all, mostLooks);
    long[] timesMs = new long[looks];
    long[][] values = new long[Column.all().size()][looks];
    for (long[] each : values) {
      Arrays.fill(each, Column.UNKNOWN);
    }
    int at = looks - all;
    for (Stretch stretch : stretches) {
      if (at + stretch.looks > 0) {
        int skipped = Math.max(0, -at);
        System.arraycopy(stretch.timesMs, skipped, timesMs, at + skipped, stretch.looks - skipped);
        GroupTrack track = stretch.groups.get(group);
        if (track != null) {
          track.copy(values, at);
        }
      }
      at += stretch.looks;
    }
    return new Series(timesMs, values);
  }
}
