package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import java.util.Arrays;

/** What was seen of one group as time went by, the newest last. Immutable. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives no longer than the enum
public final class Series {
  private final long[] timesMs;
  private final long[][] values;

  /**
   * A series.
   *
   * @param timesMs not copied, nor the other: nobody changes them any more
   * @param values for each column, by {@link Column#ordinal}, one for each time
   */
  Series(long[] timesMs, long[][] values) {
    this.timesMs = timesMs;
    this.values = values;
  }

  /** How many looks it has. */
  public int size() {
    return timesMs.length;
  }

  /** When each look was, milliseconds since the epoch. A copy. */
  public long[] timesMs() {
    return timesMs.clone();
  }

  /**
   * What a column was at each of the times: {@link Column#UNKNOWN} where it was not known, or there
   * was no such group. A copy.
   */
  public long[] values(Column column) {
    return values[column.ordinal()].clone();
  }

  /** Whether a column was known at any time. */
  public boolean has(Column column) {
    return Arrays.stream(values[column.ordinal()]).anyMatch(each -> each != Column.UNKNOWN);
  }
}
