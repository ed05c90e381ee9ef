package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many descriptors this process may have open, {@code ulimit -n}. The last of them are its own:
 * without one it could neither read {@code /proc}, so it would take every process for one that has
 * ended, nor find its mount in order to unmount it. So whoever opens descriptors for clients asks
 * here first. Immutable.
 *
 * @param most how many there may be
 */
public record DescriptorLimit(int most) {
  /** More than the threads of a busy mount have open at once for a look at {@code /proc}. */
  private static final int MOST_RESERVED = 64;

  private static final int SHARE_RESERVED = 4;
  private static final String LINE = "Max open files";

  /** The limit of this process as it is now. If it cannot be read, there is none. */
  public static DescriptorLimit self() {
    try {
      return parse(Files.readString(Path.of("/proc/self/limits"), ISO_8859_1));
    } catch (IOException unknown) {
      return new DescriptorLimit(Integer.MAX_VALUE);
    }
  }

  /** From the text of {@code /proc/PID/limits}: name, soft limit, hard limit, unit. */
  static DescriptorLimit parse(String text) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split(" ", 2)[0];
        return new DescriptorLimit(
            soft.matches("[0-9]{1,9}") ? Integer.parseInt(soft) : Integer.MAX_VALUE);
      }
    }
    return new DescriptorLimit(Integer.MAX_VALUE);
  }

  /** How many are for this process alone. */
  public int reserved() {
    return Math.min(MOST_RESERVED, most / SHARE_RESERVED);
  }

  /**
   * Whether a descriptor that was just opened is one of the last. The kernel gives the lowest
   * number that is free ({@code __get_unused_fd_flags} in {@code fs/file.c}), so all below it are
   * taken.
   */
  public boolean isReserved(int fd) {
    return fd >= most - reserved();
  }

  /** Whether the next descriptor would be one of the last, or cannot be had at all. */
  public boolean isReached() {
    int fd = Libc.open("/");
    if (fd >= 0) {
      Libc.close(fd);
    }
    return fd < 0 || isReserved(fd);
  }
}
