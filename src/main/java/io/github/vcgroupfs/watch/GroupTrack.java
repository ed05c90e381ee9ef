package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import java.util.Arrays;

/**
 * What was seen of one group in one stretch of time, as differences: most numbers of most groups
 * stay as they are. For each look there is a mask of what has changed, then by how much, as numbers
 * of variable length. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives no longer than the enum
final class GroupTrack {
  /** The lowest bit of a mask: the group was not there. */
  private static final int ABSENT = 1;

  private static final int FIRST_BYTES = 128;
  private static final int MORE = 0x80;
  private static final int LOW_BITS = 7;
  private static final int OVERHEAD_BYTES = 128;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int looks;

  /** What was seen last; dropped when nothing more is added. */
  private long[] last = unknown();

  /**
   * Adds what was seen.
   *
   * @param look the number of the look in this stretch; at the looks left out it was not there
   */
  void add(int look, GroupSample seen) {
    while (looks < look) {
      put(ABSENT);
      looks++;
    }
    long mask = 0;
    for (Column column : Column.all()) {
      if (seen.raw(column) != last[column.ordinal()]) {
        mask |= 2L << column.ordinal();
      }
    }
    put(mask);
    for (Column column : Column.all()) {
      long difference = seen.raw(column) - last[column.ordinal()];
      if (difference != 0) {
        put((difference << 1) ^ (difference >> (Long.SIZE - 1)));
        last[column.ordinal()] = seen.raw(column);
      }
    }
    looks++;
  }

  /** Nothing more will be added. */
  void end() {
    bytes = Arrays.copyOf(bytes, length);
    last = new long[0];
  }

  /** About how much memory it takes. */
  int sizeBytes() {
    return bytes.length + last.length * Long.BYTES + OVERHEAD_BYTES;
  }

  /**
   * Fills in what was seen.
   *
   * @param into for each column, where {@link Column#UNKNOWN} stands already
   * @param at where the first look of this stretch belongs; may be negative: it is left out
   */
  void copy(long[][] into, int at) {
    Reader reader = new Reader();
    long[] now = unknown();
    for (int look = 0; look < looks; look++) {
      long mask = reader.next();
      if ((mask & ABSENT) != 0) {
        continue;
      }
      for (Column column : Column.all()) {
        int index = column.ordinal();
        if ((mask & 2L << index) != 0) {
          long coded = reader.next();
          now[index] += coded >>> 1 ^ -(coded & 1);
        }
        if (at + look >= 0) {
          into[index][at + look] = now[index];
        }
      }
    }
  }

  private static long[] unknown() {
    long[] values = new long[Column.all().size()];
    Arrays.fill(values, Column.UNKNOWN);
    return values;
  }

  private void put(long value) {
    if (length + Long.SIZE / LOW_BITS + 1 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    long left = value;
    while ((left & -MORE) != 0) {
      bytes[length++] = (byte) (left | MORE);
      left >>>= LOW_BITS;
    }
    bytes[length++] = (byte) left;
  }

  /** Reads numbers of variable length. */
  private final class Reader {
    private int position;

    long next() {
      long value = 0;
      int shift = 0;
      while (bytes[position] < 0) {
        value |= (long) (bytes[position++] & MORE - 1) << shift;
        shift += LOW_BITS;
      }
      return value | (long) bytes[position++] << shift;
    }
  }
}
