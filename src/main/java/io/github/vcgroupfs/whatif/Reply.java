package io.github.vcgroupfs.whatif;

/**
 * What comes back. Immutable.
 *
 * @param kind whether it is an answer
 * @param json the answer, or {@code {"error": "a sentence"}}
 */
public record Reply(Kind kind, String json) {
  /** Whether there is an answer, and if not, whose turn it is. */
  public enum Kind {
    /** Answered. */
    ANSWERED,
    /** The question is wrong: the sentence says which value, and what would be right. */
    WRONG,
    /** The same viewer has asked something else since. */
    OUTDATED,
    /** Too many ask at once. */
    BUSY
  }
}
