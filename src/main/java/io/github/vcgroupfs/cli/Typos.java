package io.github.vcgroupfs.cli;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which option or command was meant by one that there is not. Picocli has guesses of its own, by
 * pairs of letters (4.7.7): {@code simulate} for {@code frobnicate}, and none for {@code --sise}.
 */
final class Typos {
  /** Letters that are wrong, missing or too many; and not more than a third of all. */
  private static final int MOST_ERRORS = 2;

  private Typos() {}

  /** A question about the name that is nearest to the word, if one is near. */
  static Optional<String> meant(CommandLine line, String word) {
    String name = word.replaceFirst("=.*", "");
    int allowed = Math.min(MOST_ERRORS, name.replace("-", "").length() / 3);
    return names(line, name)
        .filter(each -> distance(name, each) <= allowed)
        .min(Comparator.comparingInt(each -> distance(name, each)))
        .map("did you mean %s?"::formatted);
  }

  private static Stream<String> names(CommandLine line, String name) {
    return name.startsWith("-")
        ? line.getCommandSpec().options().stream()
            .filter(each -> !each.hidden())
            .map(OptionSpec::longestName)
        : line.getSubcommands().keySet().stream();
  }

  /** Levenshtein's: how many letters are to be changed, put in or taken away. */
  static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(changed, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
