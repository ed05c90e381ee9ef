package io.github.vcgroupfs.serve;

import java.util.regex.Pattern;

/** Writes an edit as the command that does the same in a shell. Has no state. */
final class ShellText {
  /** Words that no shell takes for anything else. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,@%+-]+");

  /** What some {@code echo} does not print as it stands: options, and escapes of dash's. */
  private static final Pattern NOT_FOR_ECHO = Pattern.compile("(?s)-[neE]+|.*\\\\.*");

  private ShellText() {}

  /** Writes a line into a file. */
  static String echo(String text, String file) {
    String command = NOT_FOR_ECHO.matcher(text).matches() ? "printf '%s\\n' " : "echo ";
    return command + quoted(text) + " > " + quoted(file);
  }

  /** A command with an argument. */
  static String command(String name, String argument) {
    return name + " " + quoted(argument);
  }

  /** A word that every shell takes as it stands. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
