package io.github.vcgroupfs.columns;

import java.util.Arrays;

/** The numbers of one group. Nothing is known at first. Not thread-safe while it is filled in. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives no longer than the enum
public final class Row {
  private final long[] values = new long[Column.all().size()];

  /** Nothing is known. */
  public Row() {
    Arrays.fill(values, Column.UNKNOWN);
  }

  /** A number; {@link Column#UNKNOWN} if it is not known. */
  public long get(Column column) {
    return values[column.ordinal()];
  }

  /** Sets a number: from 0 on, or {@link Column#UNKNOWN}. */
  public void set(Column column, long value) {
    values[column.ordinal()] = value;
  }
}
