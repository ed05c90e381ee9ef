package io.github.vcgroupfs.kernel;

import java.util.BitSet;

/**
 * Reads lists of numbers, such as {@code 0-3,8}, of processors or of memory nodes: {@code
 * bitmap_parselist} of {@code lib/bitmap.c}, later {@code lib/bitmap-str.c}. Has no state.
 */
public enum ListParser {
  /** 3.x: digits, minus and comma. Blanks only before the first digit; no digits mean 0. */
  DIGITS,
  /** From 4.3: blanks around every item, and items without digits are skipped. */
  BLANKS,
  /** From 4.9: {@code RANGE:USED/SIZE}, of each SIZE numbers the first USED. */
  GROUPS,
  /** From 4.15: a SIZE of 0 is refused, and each item has its own USED and SIZE. */
  CHECKED_GROUPS,
  /** From 5.2: written anew. Blanks part items, and a number may be too large for 32 bits. */
  REGIONS,
  /** From 5.14: {@code N} is the last number, {@code all} are all of them. */
  NAMES;

  /**
   * Reads a list.
   *
   * @param text without white space at both ends
   * @param bits how many numbers there are; the last is one less
   * @return the numbers
   * @throws ErrnoException EINVAL if it is no list, ERANGE if a number is too high, EOVERFLOW if it
   *     does not fit 32 bits and this kernel notices
   */
  public BitSet parse(String text, int bits) throws ErrnoException {
    return switch (this) {
      case DIGITS -> new ItemReader(ItemReader.Rules.DIGITS, text, bits).read();
      case BLANKS -> new ItemReader(ItemReader.Rules.BLANKS, text, bits).read();
      case GROUPS -> new ItemReader(ItemReader.Rules.GROUPS, text, bits).read();
      case CHECKED_GROUPS -> new ItemReader(ItemReader.Rules.CHECKED_GROUPS, text, bits).read();
      case REGIONS -> new RegionReader(text, bits, false).read();
      case NAMES -> new RegionReader(text, bits, true).read();
    };
  }
}
