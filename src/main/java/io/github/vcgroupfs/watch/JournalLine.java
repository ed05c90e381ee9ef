package io.github.vcgroupfs.watch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code sim.journal} or {@code sim.why}. Control characters in it are escaped already.
 * Immutable.
 *
 * @param text the whole line
 * @param time of day, {@code 12:34:56.789}
 * @param process who called, {@code bash[4711]}
 * @param call what was called, {@code write}
 * @param target the path of the file or group, and what was written to it
 * @param errno the error, {@code EBUSY}; empty: it succeeded
 * @param why the sentence that explains the error
 */
public record JournalLine(
    String text,
    String time,
    String process,
    String call,
    String target,
    Optional<String> errno,
    Optional<String> why) {
  private static final Pattern LINE = Pattern.compile("(\\S+) (.*?\\[\\S*\\]) (\\S+) (.*)");
  private static final Pattern REFUSED = Pattern.compile("(.*?) \u2192 ([A-Z0-9]+): (.*)");

  static JournalLine parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return new JournalLine(line, "", "", "", line, Optional.empty(), Optional.empty());
    }
    Matcher refused = REFUSED.matcher(parts.group(4));
    boolean isRefused = refused.matches();
    return new JournalLine(
        line,
        parts.group(1),
        parts.group(2),
        parts.group(3),
        isRefused ? refused.group(1) : parts.group(4),
        isRefused ? Optional.of(refused.group(2)) : Optional.empty(),
        isRefused ? Optional.of(refused.group(3)) : Optional.empty());
  }

  /** Whether the call was refused. */
  public boolean isRefusal() {
    return errno.isPresent();
  }
}
