package io.github.vcgroupfs.manual;

import java.util.List;

/**
 * What stands behind an option, or at the place of an operand.
 *
 * @param kind what it is
 * @param label how the help calls it: {@code FILE}
 * @param words which there are, of a {@link Kind#WORD} and a {@link Kind#LIST}
 */
record Value(Kind kind, String label, List<Word> words) {
  static final Value NONE = new Value(Kind.FLAG, "", List.of());
}
