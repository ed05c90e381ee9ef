package io.github.vcgroupfs.manual;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A man page: a file that somebody wrote, with lists that are made where it says so. A line
 * {@code @OPTIONS@} becomes the options of the command, {@code @ARGUMENTS@} what stands behind
 * them, {@code @COMMANDS@} all commands, {@code @PROFILES@} and {@code @PRESETS@} the words of
 * these options. In a line, {@code @VERSION@} and {@code @DATE@} are those of the program. Between
 * {@code .EX} and {@code .EE} commands stand as they are typed.
 */
final class ManPage {
  static final String EXAMPLE = ".EX";
  static final String EXAMPLE_END = ".EE";

  private static final String TITLE = ".TH ";

  /** Names of options and commands are not to be taken apart, nor words drawn asunder. */
  private static final String FLUSH_LEFT = ".nh\n.ad l\n";

  private final Program program;
  private final Map<String, String> inLines;

  /**
   * For all pages of one version.
   *
   * @param date of the release, as in 2026-01-31
   */
  ManPage(Program program, String version, String date) {
    this.program = program;
    this.inLines = Map.of("@VERSION@", version, "@DATE@", date);
  }

  /** The name of the file of a command's page. */
  static String file(Command command) {
    return (command.name().isEmpty() ? "vcgroupfs" : "vcgroupfs-" + command.name()) + ".1";
  }

  /** The page, made of its template. */
  String made(Command command, String template) {
    StringBuilder out = new StringBuilder();
    boolean example = false;
    for (String line : template.lines().toList()) {
      example &= !line.equals(EXAMPLE_END);
      out.append(example ? Roff.verbatim(line) + "\n" : line(command, line));
      example |= line.equals(EXAMPLE);
    }
    return out.toString();
  }

  private String line(Command command, String line) {
    String list =
        switch (line) {
          case "@OPTIONS@" -> options(command.options());
          case "@ARGUMENTS@" -> item(Roff.label(command.operand().label()), command.operandText());
          case "@COMMANDS@" -> commands();
          case "@PROFILES@" -> words("mount", "--profile");
          case "@PRESETS@" -> words("mount", "--preset");
          default -> filled(line) + "\n" + (line.startsWith(TITLE) ? FLUSH_LEFT : "");
        };
    if (list.contains("@")) {
      throw new IllegalStateException(
          "the page of %s has a mark that nothing stands for: %s".formatted(command.name(), line));
    }
    return list;
  }

  private String filled(String line) {
    String filled = line;
    for (Map.Entry<String, String> each : inLines.entrySet()) {
      filled = filled.replace(each.getKey(), each.getValue());
    }
    return filled;
  }

  private String commands() {
    return program.commands().stream()
        .map(each -> item("\\fBvcgroupfs\\-" + each.name() + "\\fR(1)", each.text()))
        .collect(Collectors.joining());
  }

  private String words(String command, String option) {
    return program.command(command).options().stream()
        .filter(each -> each.names().contains(option))
        .flatMap(each -> each.value().words().stream())
        .map(word -> item(Roff.bold(word.text()), word.about()))
        .collect(Collectors.joining());
  }

  private static String options(List<Opt> options) {
    return options.stream()
        .map(each -> item(head(each), each.text()))
        .collect(Collectors.joining());
  }

  private static String head(Opt option) {
    String names = option.names().stream().map(Roff::bold).collect(Collectors.joining(", "));
    if (option.isFlag()) {
      return names;
    }
    String label = Roff.label(option.value().label());
    return option.count() == 1
        ? names + "=" + label
        : names + " " + String.join(" ", java.util.Collections.nCopies(option.count(), label));
  }

  private static String item(String head, String text) {
    return ".TP\n" + head + "\n" + Roff.paragraph(text);
  }
}
