package io.github.vcgroupfs.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * Reads the words of {@code mount} and {@code run} as people and scripts mostly write them, without
 * picocli, which takes 100 ms for that: more than the mount itself (benchmarks.md, Where a start
 * goes). Whatever could be wrong, or asks for help, or is rare, is left to picocli, so its messages
 * are the only ones; what is read here is read as picocli would ({@code PlainLineTest}).
 *
 * <p>For one command line and one thread.
 */
final class PlainLine {
  private static final String END_OF_OPTIONS = "--";

  private final List<String> words;
  private final Set<String> seen = new HashSet<>();
  private int next;
  private String inline = "";
  private boolean hasInline;
  private boolean odd;

  private PlainLine(List<String> words) {
    this.words = words;
  }

  /** A command that can be read so. After {@code false} it is of no use any more. */
  interface Command {
    /**
     * Takes one option, by {@link #flag}, {@link #value} and {@link #choice}.
     *
     * @return whether the command has this option and may take it here
     */
    boolean take(String option, PlainLine line);

    /**
     * Takes what stands behind the options.
     *
     * @param ended whether -- stands before it
     * @return whether it may be taken here
     */
    boolean takeRest(List<String> rest, boolean ended);

    /** What picocli has read, or would have. */
    CommandLine line();
  }

  /** How commands speak when picocli has not read them. */
  record Voice(PrintWriter out, PrintWriter err) {
    /** What picocli would have made of a command, for its messages. */
    CommandLine commandLine(Object command) {
      CommandLine line = new CommandLine(command);
      line.setOut(out);
      line.setErr(err);
      return line;
    }
  }

  /** Has a command take all words, if they are plain. */
  static boolean read(Command command, List<String> words) {
    PlainLine line = new PlainLine(words);
    while (line.next < words.size()) {
      String word = words.get(line.next);
      boolean ended = word.equals(END_OF_OPTIONS);
      if (ended || !word.startsWith("-")) {
        return command.takeRest(words.subList(line.next + (ended ? 1 : 0), words.size()), ended);
      }
      if (!line.takeOption(command, word)) {
        return false;
      }
    }
    return command.takeRest(List.of(), false);
  }

  private boolean takeOption(Command command, String word) {
    next++;
    int equals = word.indexOf('=');
    hasInline = equals >= 0;
    inline = hasInline ? word.substring(equals + 1) : "";
    String option = hasInline ? word.substring(0, equals) : word;
    // twice the same is for picocli to complain about
    return seen.add(option) && command.take(option, this) && !hasInline && !odd;
  }

  /** The place of the option that is being taken, for {@link #since}. */
  int place() {
    return next - 1;
  }

  /** The words from a place on that have been taken. */
  List<String> since(int place) {
    return words.subList(place, next);
  }

  /** An option without a value. */
  boolean flag() {
    odd |= hasInline;
    return true;
  }

  /** The value of the option that is being taken. */
  String value() {
    String value = "";
    if (hasInline) {
      value = inline;
      hasInline = false;
    } else if (next < words.size()) {
      value = words.get(next++);
    }
    odd |= value.isEmpty() || value.startsWith("-");
    return value;
  }

  /** The value, which is one of a few words; something, if it is none of them. */
  <E extends Enum<E>> E choice(E[] all) {
    String value = value();
    for (E each : all) {
      if (Choices.word(each).equals(value)) {
        return each;
      }
    }
    odd = true;
    return all[0];
  }
}
