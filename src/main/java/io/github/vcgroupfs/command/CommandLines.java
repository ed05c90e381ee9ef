package io.github.vcgroupfs.command;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * @param bare the verb that takes a name, and no keys
   * @param flags words such as {@code --now} that this verb takes behind the name
   * @param noun what the names are names of, for messages
   * @param example a correct line, for messages
   */
  public record Grammar<V extends Enum<V>, K extends Enum<K>>(
      Class<V> verbs, Class<K> keys, V bare, List<String> flags, String noun, String example) {
    /** A grammar whose bare verb takes a name and nothing more. */
    public Grammar(Class<V> verbs, Class<K> keys, V bare, String noun, String example) {
      this(verbs, keys, bare, List.of(), noun, example);
    }
  }

  /**
   * One command.
   *
   * @param verb what to do
   * @param name the thing to do it with
   * @param options keys and values, in the order in which they were written
   * @param flags those of the bare verb
   */
  public record Line<V, K>(V verb, String name, Map<K, String> options, Set<String> flags) {}

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
    Set<String> flags = new LinkedHashSet<>();
    for (String word : List.of(words).subList(2, words.length)) {
      if (verb != grammar.bare()) {
        CommandWords.addOption(EnumSet.allOf(grammar.keys()), word, options);
      } else if (!grammar.flags().contains(word) || !flags.add(word)) {
        throw CommandWords.invalid(
            "%s takes a name and %s, not \"%s\"".formatted(words[0], more(grammar.flags()), word),
            "write " + words[0] + " " + name);
      }
    }
    return new Line<>(verb, name, options, flags);
  }

  private static String more(List<String> flags) {
    return flags.isEmpty() ? "nothing more" : "at most " + String.join(" ", flags);
  }
}
