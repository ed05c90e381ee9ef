package io.github.vcgroupfs.kernel;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Reads one list as kernels from 5.2 on do, region by region: {@code bitmap_parse_region}. The
 * numbers are unsigned and have 32 bits. Not thread-safe.
 */
final class RegionReader {
  private static final String ALL = "all";
  private static final char LAST = 'N';

  private final String text;
  private final int bits;
  private final boolean names;
  private final BitSet numbers = new BitSet();
  private int at;

  RegionReader(String text, int bits, boolean names) {
    this.text = text;
    this.bits = bits;
    this.names = names;
  }

  BitSet read() throws ErrnoException {
    boolean more = true;
    while (more) {
      while (isSeparator(peek())) {
        at++;
      }
      more = at < text.length() && readRegion();
    }
    return numbers;
  }

  /** Returns whether there may be another one. */
  private boolean readRegion() throws ErrnoException {
    int first;
    int last;
    if (names && text.regionMatches(true, at, ALL, 0, ALL.length())) {
      first = 0;
      last = bits - 1;
      at += ALL.length();
    } else {
      first = number();
      if (isEndOfRegion()) {
        add(first, first, first + 1, first + 1);
        return !isEndOfText();
      }
      expect('-');
      last = number();
    }
    if (isEndOfRegion()) {
      add(first, last, last + 1, last + 1);
      return !isEndOfText();
    }
    expect(':');
    int used = number();
    expect('/');
    add(first, last, used, number());
    return true;
  }

  /** {@code bitmap_check_region}, {@code bitmap_set_region}. */
  private void add(int first, int last, int used, int size) throws ErrnoException {
    if (Integer.compareUnsigned(first, last) > 0
        || size == 0
        || Integer.compareUnsigned(used, size) > 0) {
      throw NumberLists.invalid(text);
    }
    if (Integer.compareUnsigned(last, bits) >= 0) {
      throw NumberLists.outside(text, bits);
    }
    setGroups(numbers, first, last, used, size);
  }

  /**
   * From each group of numbers, sets the first ones. A huge size wraps around, as in the kernel.
   */
  static void setGroups(BitSet numbers, int first, int last, int used, int size) {
    for (int from = first; Integer.compareUnsigned(from, last) <= 0; from += size) {
      int left = last - from + 1;
      numbers.set(from, from + (Integer.compareUnsigned(used, left) < 0 ? used : left));
    }
  }

  /** {@code bitmap_getnum}. */
  private int number() throws ErrnoException {
    if (names && peek() == LAST) {
      at++;
      return bits - 1;
    }
    int from = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == from) {
      throw NumberLists.invalid(text);
    }
    BigInteger number = new BigInteger(text.substring(from, at));
    if (number.bitLength() > Integer.SIZE) {
      throw new ErrnoException(
          Errno.EOVERFLOW, "%s does not fit 32 bits: write at most %d".formatted(number, bits - 1));
    }
    return number.intValue();
  }

  private void expect(char wanted) throws ErrnoException {
    if (peek() != wanted) {
      throw NumberLists.invalid(text);
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean isEndOfText() {
    return at >= text.length() || peek() == '\n';
  }

  private boolean isEndOfRegion() {
    return isSeparator(peek()) || isEndOfText();
  }

  private static boolean isSeparator(char c) {
    return KernelText.isSpace(c) || c == ',';
  }
}
