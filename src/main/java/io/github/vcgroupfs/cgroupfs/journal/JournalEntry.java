package io.github.vcgroupfs.cgroupfs.journal;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code sim.why} or {@code sim.journal}. It is formatted when it is read. Immutable.
 *
 * @param when milliseconds since the epoch
 * @param process the name and id of the caller
 * @param about the call, who called, and on what
 * @param argument the text that was written, one char for each byte, or the new name, or null
 * @param errno the error that was returned; null: success
 * @param why the sentence that explains the error
 */
record JournalEntry(
    long when,
    String process,
    LogReader.About about,
    @Nullable String argument,
    @Nullable Errno errno,
    String why) {
  /** All text here has one char a byte, so what is not ASCII stands as its bytes in UTF-8. */
  private static final String ARROW =
      new String(" \u2192 ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

  /** A process that the reader cannot see. */
  private static final String HIDDEN = "?[?]";

  /** What is kept of the bytes of a write. */
  private static final int MAX_SHOWN_BYTES = 64;

  /** What is kept of each end of a sentence: what was wrong stands first, what would work last. */
  private static final int MAX_END_CHARS = 240;

  /** Made when a line is first read: the rules of time zones are 100 KB. */
  private static final class Clock {
    static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  /** Cuts the middle out of a sentence that quotes a long write. */
  static String shortenSentence(String why) {
    return why.length() <= 2 * MAX_END_CHARS
        ? why
        : why.substring(0, MAX_END_CHARS) + "..." + why.substring(why.length() - MAX_END_CHARS);
  }

  /** Cuts an argument to what a line shows, so that a log of long writes stays small. */
  static @Nullable String shorten(@Nullable String argument) {
    return argument == null || argument.length() <= MAX_SHOWN_BYTES
        ? argument
        : argument.substring(0, MAX_SHOWN_BYTES + 1);
  }

  /**
   * The line, without a newline.
   *
   * @param reader sees processes as it can; may see the line
   */
  String text(LogReader reader) {
    String shownProcess = reader.process(process, about.uid());
    String path = about.path();
    StringBuilder text = new StringBuilder(160);
    text.append(Clock.TIME.format(Instant.ofEpochMilli(when))).append(' ');
    text.append(shownProcess == null ? HIDDEN : shownProcess).append(' ');
    text.append(about.call().label()).append(' ');
    text.append(path.length() > 1 ? Printable.escaped(path.substring(1)) : path);
    if (argument != null) {
      text.append(" \"").append(shown(argument)).append('"');
    }
    if (errno != null) {
      text.append(ARROW).append(errno).append(": ").append(Printable.escaped(why));
    }
    return text.toString();
  }

  private static String shown(String argument) {
    if (argument.length() > MAX_SHOWN_BYTES) {
      return Printable.escaped(argument.substring(0, MAX_SHOWN_BYTES)) + "...";
    }
    // what echo adds says nothing
    return Printable.escaped(
        argument.endsWith("\n") ? argument.substring(0, argument.length() - 1) : argument);
  }
}
