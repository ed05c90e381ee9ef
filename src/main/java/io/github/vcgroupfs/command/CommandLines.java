package io.github.vcgroupfs.command;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the lines that people write to the command files of this program: {@code VERB NAME
 * key=value …}, one command on each line. Has no state.
 */
public final class CommandLines {
  private static final int MAX_NAME_CHARS = 64;

  private CommandLines() {}

  /**
   * The words that one file understands.
   *
   * @param verbs the verbs: what a command can do
   * @param keys the keys that can be set
   * @param bare the verb that takes only a name, and no keys
   * @param noun what the names are names of, for messages
   * @param example a correct line, for messages
   */
  public record Grammar<V extends Enum<V>, K extends Enum<K>>(
      Class<V> verbs, Class<K> keys, V bare, String noun, String example) {}

  /**
   * One command.
   *
   * @param verb what to do
   * @param name the thing to do it with
   * @param options keys and values, in the order in which they were written
   */
  public record Line<V, K>(V verb, String name, Map<K, String> options) {}

  /**
   * Reads the commands in a text, one on each line. Blank lines are skipped.
   *
   * @throws ErrnoException EINVAL for a bad line, or if there is no command at all
   */
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
