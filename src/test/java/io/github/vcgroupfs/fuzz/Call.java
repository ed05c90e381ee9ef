package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One system call with its arguments in memory, ready to be made.
 *
 * @param sys which
 * @param subject what it is about, see {@link Key}
 * @param variant the class of its flags and numbers
 * @param arguments registers
 * @param shown what a person wants to see of the arguments: texts, bytes, numbers
 * @param after what is done with the result
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(
    Sys sys, String subject, String variant, long[] arguments, List<Object> shown, After after) {
  private static final int SHOWN_BYTES = 80;

  /** What is done with what came back: 0 or more, or a negative errno. */
  interface After {
    void done(long result);
  }

  /** Nothing. */
  static final After NOTHING = result -> {};

  Call(Sys sys, String subject, String variant, long[] arguments, Object... shown) {
    this(sys, subject, variant, arguments, List.of(shown), NOTHING);
  }

  /** The same call, and what is done afterwards. */
  Call then(After next) {
    return new Call(sys, subject, variant, arguments, shown, next);
  }

  /** Makes it. */
  long run() {
    long result = sys.call(arguments);
    after.done(result);
    return result;
  }

  /** As strace would show it. */
  @Override
  public String toString() {
    return "%s(%s) [%s, %s]"
        .formatted(
            sys.word(),
            shown.stream().map(Call::shown).collect(Collectors.joining(", ")),
            subject,
            variant);
  }

  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      String text = new String(bytes, ISO_8859_1);
      return text.length() <= SHOWN_BYTES
          ? quoted(text)
          : "%s… (%d bytes)".formatted(quoted(text.substring(0, SHOWN_BYTES)), text.length());
    }
    return value instanceof String text ? shown(text.getBytes(ISO_8859_1)) : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        quoted.append('\\').append(each);
      } else if (each >= ' ' && each < 127) {
        quoted.append(each);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) each));
      }
    }
    return quoted.append('"').toString();
  }
}
