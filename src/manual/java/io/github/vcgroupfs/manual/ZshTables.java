package io.github.vcgroupfs.manual;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the script for zsh has to know of the program: a function for each command, with its options
 * as {@code _arguments} wants them, and one for each list of words.
 */
final class ZshTables {
  private final Program program;

  /** Of each list of words the function that completes it, by its text. */
  private final Map<String, String> functions = new LinkedHashMap<>();

  ZshTables(Program program) {
    this.program = program;
  }

  /** The script, made of its template. */
  String into(String template) {
    functions.clear();
    String itself = options(program.itself());
    String commands = program.commands().stream().map(this::command).collect(joining("\n"));
    String names =
        program.commands().stream()
            .map(each -> "    " + described(each.name(), each.about()) + "\n")
            .collect(joining());
    String words =
        functions.entrySet().stream()
            .map(each -> "%s() {\n%s}\n".formatted(each.getValue(), each.getKey()))
            .collect(joining("\n"));
    return Lines.replaced(
        template,
        Map.of("#@COMMANDS@", commands, "#@NAMES@", names, "#@WORDS@", words, "#@ITSELF@", itself));
  }

  private String command(Command command) {
    String operand =
        command.runsCommands()
            ? "    '1: :_vcgroupfs_dashes'\n"
            : command.operand().kind() == Kind.FLAG
                ? "    '*: :_message \"no more arguments\"'\n"
                : "    '1:%s:%s'\n".formatted(command.operand().label(), action(command.operand()));
    return "_vcgroupfs-%s() {\n%s  _arguments -S %s\\\n%s%s}\n"
        .formatted(
            command.name(),
            command.runsCommands() ? "  _vcgroupfs_run_command && return\n" : "",
            command.stops() || command.runsCommands() ? "-A '-*' " : "",
            options(command),
            operand);
  }

  private String options(Command command) {
    return command.all().stream().map(each -> "    " + option(each) + " \\\n").collect(joining());
  }

  private String option(Opt option) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < option.count(); i++) {
      values.append(":%s:%s".formatted(escaped(option.value().label()), action(option.value())));
    }
    String rest =
        quoted("%s[%s]%s".formatted(option.isFlag() ? "" : "=", escaped(option.about()), values));
    String names =
        option.names().size() == 1
            ? option.names().get(0)
            : option.names().stream().collect(joining(",", "{", "}"));
    String excluded =
        option.ends()
            ? "'(- *)'"
            : option.often()
                ? "'*'"
                : option.names().size() == 1 ? "" : "'(" + String.join(" ", option.names()) + ")'";
    return excluded + names + rest;
  }

  private String action(Value value) {
    return switch (value.kind()) {
      case FLAG, OTHER -> "";
      case FILE -> files(value.label());
      case DIRECTORY -> "_directories";
      case MOUNT -> "_vcgroupfs_mounts";
      case HIERARCHY -> "_vcgroupfs_hierarchies";
      case WORD -> function("  _vcgroupfs_word %s %%s\n".formatted(quoted(value.label())), value);
      case LIST -> function("  _vcgroupfs_list %s %%s\n".formatted(quoted(value.label())), value);
    };
  }

  /** Files by the endings that the label names, if it names any. */
  private static String files(String label) {
    String endings =
        java.util.Arrays.stream(label.split("\\|"))
            .filter(each -> each.contains("."))
            .map(each -> each.substring(each.indexOf('.') + 1))
            .collect(joining("|"));
    return endings.isEmpty() ? "_files" : "_files -g \"*.(%s)\"".formatted(endings);
  }

  private String function(String body, Value value) {
    String words =
        value.words().stream()
            .map(word -> "\\\n    " + described(word.text(), word.about()))
            .collect(joining(" "));
    return functions.computeIfAbsent(
        body.formatted(words), key -> "_vcgroupfs_words_" + (functions.size() + 1));
  }

  private static String described(String word, String about) {
    String name = word.replace(":", "\\:");
    return quoted(about.isEmpty() ? name : name + ":" + about);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
