package io.github.vcgroupfs.progress;

/** The one line of a terminal that is written over and over. Not thread-safe. */
final class Line {
  /** To the first column, and no new line where the terminal is too narrow for the text. */
  private static final String BEGIN = "\r\u001b[?7l";

  /** Takes away what is left of a longer text, and ends what {@link #BEGIN} began. */
  private static final String END = "\u001b[K\u001b[?7h";

  private static final long MINUTE_S = 60;
  private static final long HOUR_S = 60 * MINUTE_S;

  private boolean drawn;

  /** What to send to the terminal for it to show that text. */
  String draw(String text) {
    drawn = true;
    return BEGIN + text + END;
  }

  /** What to send for the line to be empty; nothing if it is. */
  String clear() {
    boolean was = drawn;
    drawn = false;
    return was ? "\r\u001b[K" : "";
  }

  /** Whether something stands there. */
  boolean isDrawn() {
    return drawn;
  }

  /** The text: who works, how far it is, and for how long it has worked. */
  static String text(String task, String done, long seconds) {
    return done.isEmpty()
        ? "%s: %s".formatted(task, duration(seconds))
        : "%s: %s, %s".formatted(task, done, duration(seconds));
  }

  private static String duration(long seconds) {
    if (seconds < MINUTE_S) {
      return seconds + " s";
    }
    return seconds < HOUR_S
        ? "%d min %d s".formatted(seconds / MINUTE_S, seconds % MINUTE_S)
        : "%d h %d min".formatted(seconds / HOUR_S, seconds % HOUR_S / MINUTE_S);
  }
}
