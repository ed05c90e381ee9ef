package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * Sizes, or a word that stands for none of one's own. Immutable.
 *
 * @param sizes how sizes are written
 * @param word what is written instead, and means a fixed 0
 */
record OrWord(FlowSizes sizes, String word) implements FlowValue<Distribution> {
  @Override
  public Distribution parse(String key, String text) throws ErrnoException {
    return text.equals(word) ? Distribution.fixed(0) : sizes.parse(key, text);
  }

  @Override
  public String text(Distribution value) {
    return Exchange.isNone(value) ? word : sizes.text(value);
  }
}
