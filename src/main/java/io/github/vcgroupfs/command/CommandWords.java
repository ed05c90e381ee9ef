package io.github.vcgroupfs.command;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads single words of command files: verbs, {@code key=value}, numbers and times. Has no state.
 */
public final class CommandWords {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s)?");

  private CommandWords() {}

  /**
   * The constant whose name, in lower case, is this word.
   *
   * @param what what the word should be, for the message
   * @param orElse what else would work, for the message; may be empty
   * @throws ErrnoException EINVAL, with a list of all constants
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

  /**
   * Reads a word of the form {@code key=value}.
   *
   * @param keys the keys that can be set
   * @param options gets the key and its value
   * @throws ErrnoException EINVAL if there is no value, the key is unknown, or it was given before
   */
  public static <K extends Enum<K>> void addOption(
      Collection<K> keys, String word, Map<K, String> options) throws ErrnoException {
    int equals = word.indexOf('=');
    if (equals < 0) {
      throw invalid("\"" + word + "\" has no value", "write key=value");
    }
    K key = find(keys, word.substring(0, equals), "key", "");
    if (options.putIfAbsent(key, word.substring(equals + 1)) != null) {
      throw invalid("\"" + word + "\" says it twice", "give each key once");
    }
  }

  /**
   * Reads a whole number, which may end in K, M or G for 1,024, 1,024 times 1,024, and so on.
   *
   * @param least the smallest number allowed
   * @param most the largest number allowed
   * @param orElse what else would work, for the message; may be empty
   * @throws ErrnoException EINVAL if it is not a number, or out of range
   */
  public static long number(String key, String value, long least, long most, String orElse)
      throws ErrnoException {
    if (value.matches("[0-9]{1,15}[KMGkmg]?")) {
      int power = "KMG".indexOf(Character.toUpperCase(value.charAt(value.length() - 1)));
      String digits = power < 0 ? value : value.substring(0, value.length() - 1);
      long number = Long.parseLong(digits);
      int shift = 10 * (power + 1);
      if (number <= most >> shift && number << shift >= least) {
        return number << shift;
      }
    }
    throw invalid(
        key + "=" + value + " is out of range or no number",
        "write %d to %d, with K, M or G for 1024, 1024^2, 1024^3%s".formatted(least, most, orElse));
  }

  /**
   * Reads a time: digits with {@code us}, {@code ms} or {@code s} after them. 0 needs no unit.
   *
   * @param finest the smallest unit that is allowed: microseconds, milliseconds or seconds
   * @param leastNs the shortest time allowed, in nanoseconds
   * @param mostNs the longest time allowed, in nanoseconds
   * @param remedy what would work, for the message
   * @return nanoseconds
   * @throws ErrnoException EINVAL if it is not a time, or out of range
   */
  public static long durationNs(
      String key, String value, TimeUnit finest, long leastNs, long mostNs, String remedy)
      throws ErrnoException {
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      @Nullable TimeUnit unit =
          switch (String.valueOf(matcher.group(2))) {
            case "us" -> TimeUnit.MICROSECONDS;
            case "ms" -> TimeUnit.MILLISECONDS;
            case "s" -> TimeUnit.SECONDS;
            default -> null;
          };
      long number = Long.parseLong(matcher.group(1));
      boolean written = unit == null ? number == 0 : unit.compareTo(finest) >= 0;
      long ns = unit == null ? number : unit.toNanos(number);
      if (written && ns >= leastNs && ns <= mostNs) {
        return ns;
      }
    }
    throw invalid(key + "=" + value + " is out of range or no time", remedy);
  }

  /** The error EINVAL, with what was wrong and what would work. */
  public static ErrnoException invalid(String what, String remedy) {
    return new ErrnoException(Errno.EINVAL, what + ": " + remedy);
  }
}
