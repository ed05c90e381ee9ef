package io.github.vcgroupfs.command;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The grammar of our command files: {@code VERB NAME key=value …}, a command a line. */
public final class CommandLines {
  private static final int MAX_NAME_CHARS = 64;

  private CommandLines() {}

  /**
   * What the commands of one file are made of.
   *
   * @param verbs what a command can do
   * @param keys what can be set; a verb that takes none is listed in {@code bare}
   * @param bare the verb that takes a name and nothing more
   * @param noun what a name names
   * @param example a line that is right
   */
  public record Grammar<V extends Enum<V>, K extends Enum<K>>(
      Class<V> verbs, Class<K> keys, V bare, String noun, String example) {}

  /**
   * A command.
   *
   * @param verb what to do
   * @param name with what
   * @param options keys and values, in the order they were written
   */
  public record Line<V, K>(V verb, String name, Map<K, String> options) {}

  /** The commands in a text, a line each; blank lines are passed over. */
  public static <V extends Enum<V>, K extends Enum<K>> List<Line<V, K>> parse(
      String text, Grammar<V, K> grammar) throws ErrnoException {
    List<Line<V, K>> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String trimmed = line.strip();
      if (!trimmed.isEmpty()) {
        lines.add(parseLine(trimmed, grammar));
      }
    }
    if (lines.isEmpty()) {
      throw CommandWords.invalid("nothing to do", "write a line such as: " + grammar.example());
    }
    return lines;
  }

  private static <V extends Enum<V>, K extends Enum<K>> Line<V, K> parseLine(
      String line, Grammar<V, K> grammar) throws ErrnoException {
    String[] words = line.split("[ \t]+", -1);
    V verb = CommandWords.find(EnumSet.allOf(grammar.verbs()), words[0], "command", "");
    if (words.length < 2) {
      throw CommandWords.invalid(
          "\"" + line + "\" names no " + grammar.noun(), "write " + words[0] + " NAME");
    }
    String name = words[1];
    if (name.length() > MAX_NAME_CHARS || !name.matches("[A-Za-z0-9_.-]+")) {
      throw CommandWords.invalid(
          "\"" + name + "\" is no name for a " + grammar.noun(),
          "use at most " + MAX_NAME_CHARS + " letters, digits, _ . or -");
    }
    Map<K, String> options = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      CommandWords.addOption(EnumSet.allOf(grammar.keys()), words[i], options);
    }
    if (verb == grammar.bare() && !options.isEmpty()) {
      throw CommandWords.invalid(
          words[0] + " takes a name and nothing more", "write " + words[0] + " " + name);
    }
    return new Line<>(verb, name, options);
  }
}
