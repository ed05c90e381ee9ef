package com.example.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a program may use. A runtime asks this once, and sizes its heap by it. */
public final class MemoryReader {
  /**
   * No machine has as much as 4 EiB, so whoever reads more has read "no limit". Its value is not
   * the same in all kernels: 9223372036854775807 up to Linux 3.18, later 9223372036854771712, and
   * less than that where pages are larger.
   */
  private static final long NO_LIMIT_FROM = 1L << 62;

  private final Path group;

  /**
   * @param group the directory of the group, in the hierarchy of the memory controller
   */
  public MemoryReader(Path group) {
    this.group = group;
  }

  /**
   * The limit in bytes; empty if there is none. With {@code memory.use_hierarchy} the limits of the
   * groups above count, too, and {@code memory.stat} has the lowest of all.
   */
  public OptionalLong limitBytes() throws IOException {
    OptionalLong own = limit("memory.limit_in_bytes");
    if (!number("memory.use_hierarchy").equals(OptionalLong.of(1))) {
      return own;
    }
    OptionalLong lowest = limitOf(entry("memory.stat", "hierarchical_memory_limit"));
    return lowest.isPresent() ? lowest : own;
  }

  /** The limit of kernel memory in bytes; empty if there is none, or no such file. */
  public OptionalLong kernelLimitBytes() throws IOException {
    return limit("memory.kmem.limit_in_bytes");
  }

  /** What is in use, in bytes. */
  public long usageBytes() throws IOException {
    return number("memory.usage_in_bytes").orElse(0);
  }

  private OptionalLong limit(String file) throws IOException {
    return limitOf(number(file));
  }

  private static OptionalLong limitOf(OptionalLong number) {
    boolean isLimit = number.isPresent() && number.getAsLong() < NO_LIMIT_FROM;
    return isLimit ? number : OptionalLong.empty();
  }

  /** The number in a file; empty if this kernel does not have the file. */
  private OptionalLong number(String file) throws IOException {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(group.resolve(file)).trim()));
    } catch (NoSuchFileException missing) {
      return OptionalLong.empty();
    }
  }

  /** The number behind a word in a file of such lines; empty if no line begins with it. */
  private OptionalLong entry(String file, String word) throws IOException {
    for (String line : Files.readAllLines(group.resolve(file))) {
      if (line.startsWith(word + " ")) {
        return OptionalLong.of(Long.parseLong(line.substring(word.length() + 1)));
      }
    }
    return OptionalLong.empty();
  }
}
