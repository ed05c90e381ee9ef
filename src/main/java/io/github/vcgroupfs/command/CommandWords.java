package io.github.vcgroupfs.command;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Collection;
import java.util.Locale;

/** What the grammars of our command files have in common. Stateless. */
public final class CommandWords {
  private CommandWords() {}

  /**
   * The constant that a word names, in lower case.
   *
   * @param what what the word should be, for the sentence
   * @param orElse what would work too, or nothing
   * @throws ErrnoException EINVAL, with all that there are
   */
  public static <E extends Enum<E>> E find(
      Collection<E> values, String word, String what, String orElse) throws ErrnoException {
    StringBuilder known = new StringBuilder();
    for (E value : values) {
      String label = value.name().toLowerCase(Locale.ROOT);
      if (label.equals(word)) {
        return value;
      }
      known.append(known.length() == 0 ? "" : ", ").append(label);
    }
    throw invalid("\"" + word + "\" is no " + what, "there are " + known + orElse);
  }

  /** EINVAL: what was wrong, and what would work. */
  public static ErrnoException invalid(String what, String remedy) {
    return new ErrnoException(Errno.EINVAL, what + ": " + remedy);
  }
}
