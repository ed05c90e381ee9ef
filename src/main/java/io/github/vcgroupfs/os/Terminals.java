package io.github.vcgroupfs.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Which standard files of this process are terminals. Java says it of standard input and output
 * together ({@code System.console}), and of standard error not at all. Stateless.
 *
 * <p><b>Source:</b> {@code fs/proc/fd.c} (proc_fd_link): the link of an open terminal is its name.
 */
public final class Terminals {
  /** Standard output. */
  public static final int OUTPUT = 1;

  /** Standard error. */
  public static final int ERROR = 2;

  /** Pseudo-terminals, virtual and serial lines, the console, and the one of hypervisors. */
  private static final Pattern NAMES = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console|hvc\\d+)");

  private Terminals() {}

  /** Whether that open file is a terminal. No if it cannot be seen. */
  public static boolean isTerminal(int fd) {
    try {
      return isName(Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString());
    } catch (IOException notOpenOrNoProc) {
      return false;
    }
  }

  /** Whether a terminal has such a name. */
  static boolean isName(String link) {
    return NAMES.matcher(link).matches();
  }
}
