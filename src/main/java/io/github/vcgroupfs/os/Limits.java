package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system lets this process have: {@code /proc/self/limits}. */
public final class Limits {
  private static final Path FILE = Path.of("/proc/self/limits");

  /** What its line begins with; then come the soft limit, the hard one and the unit. */
  private static final String OPEN_FILES = "Max open files ";

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
    for (String line : text.split("\n", -1)) { // no pattern: it is on the way of every start
      if (line.startsWith(OPEN_FILES)) {
        String soft = line.substring(OPEN_FILES.length()).strip().split(" ", 2)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }
}
