package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import java.util.ArrayList;
import java.util.List;

/** Snapshots for tests of those who show them. */
public final class Seen {
  private final long timeMs;
  private final List<GroupSample> groups = new ArrayList<>();

  private Seen(long timeMs) {
    this.timeMs = timeMs;
  }

  /** A look at that time. */
  public static Seen at(long timeMs) {
    return new Seen(timeMs);
  }

  /**
   * Adds a group.
   *
   * @param values a column and its number, and so on; what is not given is not known
   */
  public Seen group(String path, Object... values) {
    Row row = new Row();
    for (int i = 0; i < values.length; i += 2) {
      row.set((Column) values[i], ((Number) values[i + 1]).longValue());
    }
    groups.add(new GroupSample(path, row));
    return this;
  }

  public Snapshot snapshot() {
    return new Snapshot(timeMs, 0, groups);
  }
}
