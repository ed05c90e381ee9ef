package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that started a process, from {@code /proc/PID/cmdline}. They are kept as bytes, because
 * text that Java has decoded with the locale's charset cannot always be encoded again. Immutable.
 *
 * @param words the program and its arguments, one char for each byte; empty for a kernel thread or
 *     a zombie
 */
public record Cmdline(List<String> words) {
  /** The words of a process; copies the list. */
  public Cmdline {
    words = List.copyOf(words);
  }

  /** The words of this process. */
  public static Cmdline self() throws IOException {
    return read("self");
  }

  /**
   * The words of a process.
   *
   * @throws IOException if there is no such process, or this process may not look at it
   */
  public static Cmdline of(long pid) throws IOException {
    return read(Long.toString(pid));
  }

  private static Cmdline read(String process) throws IOException {
    return parse(new String(Files.readAllBytes(Path.of("/proc", process, "cmdline")), ISO_8859_1));
  }

  /** The words in the text of the file: each has a NUL behind it. */
  static Cmdline parse(String text) {
    List<String> words = new ArrayList<>(List.of(text.split("\0", -1)));
    words.remove(words.size() - 1); // behind the last NUL
    return new Cmdline(words);
  }

  /**
   * The last words.
   *
   * @param count how many
   */
  public List<String> last(int count) {
    return words.subList(words.size() - count, words.size());
  }
}
