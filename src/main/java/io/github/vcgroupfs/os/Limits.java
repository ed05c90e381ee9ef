package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system lets this process have: {@code /proc/self/limits}. */
public final class Limits {
  private static final Path FILE = Path.of("/proc/self/limits");
  private static final Pattern OPEN_FILES =
      Pattern.compile("^Max open files +([0-9]+|unlimited) ", Pattern.MULTILINE);

  private Limits() {}

  /**
   * How many descriptors this process may have open at the same time: the soft limit RLIMIT_NOFILE.
   * {@link Long#MAX_VALUE} if there is no limit.
   */
  public static long openFiles() {
    try {
      return openFiles(Files.readString(FILE, ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  /** The same, from the text of the file. */
  static long openFiles(String text) {
    Matcher line = OPEN_FILES.matcher(text);
    return line.find() && !line.group(1).equals("unlimited")
        ? Long.parseLong(line.group(1))
        : Long.MAX_VALUE;
  }
}
