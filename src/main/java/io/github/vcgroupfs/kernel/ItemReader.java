package io.github.vcgroupfs.kernel;

import java.util.BitSet;

/**
 * Reads one list as kernels before 5.2 do, character by character: {@code __bitmap_parselist}. A
 * number that is too large for 32 bits wraps around. Not thread-safe.
 */
final class ItemReader {
  private static final int RADIX = 10;

  /** What changed over time: the constants of {@link ListParser} with the same names. */
  enum Rules {
    DIGITS,
    BLANKS,
    GROUPS,
    CHECKED_GROUPS
  }

  private final Rules rules;
  private final String text;
  private final int bits;
  private final BitSet numbers = new BitSet();

  private int at;
  private char current;

  /** Digits so far, in all items. */
  private int digits;

  private int first;
  private int last;

  // these two are not forgotten between items
  private int used;
  private int size;

  // of the item that is being read
  private boolean digitNeeded;
  private boolean inRange;
  private boolean grouped;
  private int groupedFirst;
  private int groupedLast;

  ItemReader(Rules rules, String text, int bits) {
    int newline = text.indexOf('\n');
    this.rules = rules;
    this.text = newline < 0 ? text : text.substring(0, newline);
    this.bits = bits;
  }

  BitSet read() throws ErrnoException {
    do {
      int before = digits;
      readItem();
      if (rules == Rules.DIGITS || digits != before) {
        addItem();
      }
    } while (at < text.length() && current == ',');
    return numbers;
  }

  private void readItem() throws ErrnoException {
    int before = digits;
    digitNeeded = true;
    inRange = false;
    grouped = false;
    first = 0;
    last = 0;
    while (at < text.length()) {
      boolean afterBlank = KernelText.isSpace(current);
      current = text.charAt(at++);
      if (KernelText.isSpace(current)) {
        continue;
      }
      if (rules == Rules.DIGITS && digits > 0 && afterBlank) {
        throw invalid();
      }
      if (current == ',') {
        return;
      }
      if (rules != Rules.DIGITS && digits != before && afterBlank) {
        throw invalid();
      }
      take();
    }
  }

  private void take() throws ErrnoException {
    if (current == '-') {
      if (digitNeeded || inRange) {
        throw invalid();
      }
      last = 0;
      inRange = true;
      digitNeeded = true;
    } else if (current >= '0' && current <= '9') {
      last = last * RADIX + (current - '0');
      if (!inRange) {
        first = last;
      }
      digitNeeded = false;
      digits++;
    } else if (hasGroups() && (current == ':' || current == '/')) {
      takeSeparator();
    } else {
      throw invalid();
    }
  }

  private boolean hasGroups() {
    return rules == Rules.GROUPS || rules == Rules.CHECKED_GROUPS;
  }

  private void takeSeparator() {
    if (current == ':') {
      groupedFirst = first;
      groupedLast = last;
      grouped = true;
    } else {
      used = first;
    }
    digitNeeded = true;
    inRange = false;
    first = 0;
    last = 0;
  }

  private void addItem() throws ErrnoException {
    if (grouped) {
      size = first;
      first = groupedFirst;
      last = groupedLast;
      groupedFirst = 0;
      groupedLast = 0;
    } else if (rules == Rules.CHECKED_GROUPS) {
      size = last - first + 1;
      used = size;
    }
    boolean openEnd = rules != Rules.DIGITS && digitNeeded && inRange;
    boolean badGroup =
        Integer.compareUnsigned(used, size) > 0 // both are 0 without groups
            || (rules == Rules.CHECKED_GROUPS && size == 0);
    if (openEnd || badGroup || Integer.compareUnsigned(first, last) > 0) {
      throw invalid();
    }
    if (Integer.compareUnsigned(last, bits) >= 0) {
      throw NumberLists.outside(text, bits);
    }
    if (!grouped) {
      numbers.set(first, last + 1);
    } else if (used != 0) {
      RegionReader.setGroups(numbers, first, last, used, size);
    }
  }

  private ErrnoException invalid() {
    return NumberLists.invalid(text);
  }
}
