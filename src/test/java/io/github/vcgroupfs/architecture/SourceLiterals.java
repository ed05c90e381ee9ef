package io.github.vcgroupfs.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources under {@code src/main/java}, and the string literals in them. */
public final class SourceLiterals {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Map<Path, String> TEXTS = readTexts();
  private static final Map<Path, List<String>> LITERALS = readLiterals();

  private SourceLiterals() {}

  /** The files in which that text is a whole string literal; a file as often as it is there. */
  public static List<String> filesWith(String literal) {
    List<String> files = new ArrayList<>();
    for (Map.Entry<Path, List<String>> source : LITERALS.entrySet()) {
      for (String each : source.getValue()) {
        if (each.equals(literal)) {
          files.add(source.getKey().toString());
        }
      }
    }
    return files;
  }

  /** The files that have that piece of code. */
  public static List<String> filesWithCode(String code) {
    List<String> files = new ArrayList<>();
    for (Map.Entry<Path, String> source : texts().entrySet()) {
      if (source.getValue().contains(code)) {
        files.add(source.getKey().toString());
      }
    }
    return files;
  }

  /** Every source file below {@code src/main/java} and its text. */
  static Map<Path, String> texts() {
    return TEXTS;
  }

  private static Map<Path, String> readTexts() {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(MAIN)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
        texts.put(MAIN.relativize(file), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static Map<Path, List<String>> readLiterals() {
    Map<Path, List<String>> all = new TreeMap<>();
    texts().forEach((file, text) -> all.put(file, literals(text)));
    return all;
  }

  /** The literals of a source, comments and characters passed over, escapes as written. */
  static List<String> literals(String source) {
    List<String> literals = new ArrayList<>();
    int at = 0;
    while (at < source.length()) {
      if (source.startsWith("//", at)) {
        at = end(source, "\n", at);
      } else if (source.startsWith("/*", at)) {
        at = end(source, "*/", at + 2);
      } else if (source.startsWith("\"\"\"", at)) {
        int close = end(source, "\"\"\"", at + 3);
        literals.add(source.substring(at + 3, close - 3));
        at = close;
      } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
        char quote = source.charAt(at);
        int close = at + 1;
        while (source.charAt(close) != quote) {
          close += source.charAt(close) == '\\' ? 2 : 1;
        }
        if (quote == '"') {
          literals.add(source.substring(at + 1, close));
        }
        at = close + 1;
      } else {
        at++;
      }
    }
    return literals;
  }

  private static int end(String source, String mark, int from) {
    int found = source.indexOf(mark, from);
    return found < 0 ? source.length() : found + mark.length();
  }
}
