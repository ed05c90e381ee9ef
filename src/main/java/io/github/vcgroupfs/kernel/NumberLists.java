package io.github.vcgroupfs.kernel;

import java.util.BitSet;

/** Lists of numbers, such as {@code 0-3,8}, as text and as errors. Has no state. */
public final class NumberLists {
  private NumberLists() {}

  /** The text of a list: {@code bitmap_list_string}, or {@code bitmap_scnlistprintf} of 3.x. */
  public static String show(BitSet numbers) {
    StringBuilder text = new StringBuilder();
    int from = numbers.nextSetBit(0);
    while (from >= 0) {
      int end = numbers.nextClearBit(from);
      text.append(text.length() == 0 ? "" : ",").append(from);
      if (end - from > 1) {
        text.append('-').append(end - 1);
      }
      from = numbers.nextSetBit(end);
    }
    return text.toString();
  }

  static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL, "\"%s\" is no list: write numbers and ranges, such as 0-3,8".formatted(text));
  }

  static ErrnoException outside(String text, int bits) {
    return new ErrnoException(
        Errno.ERANGE,
        "\"%s\" is too high: this kernel counts from 0 to %d".formatted(text, bits - 1));
  }
}
