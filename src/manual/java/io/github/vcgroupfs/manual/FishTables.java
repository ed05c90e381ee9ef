package io.github.vcgroupfs.manual;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the script for fish has to know of the program: a line for each option of each command. */
final class FishTables {
  private final Program program;

  /** Of each list of words the function that prints it, by its text. */
  private final Map<String, String> functions = new LinkedHashMap<>();

  FishTables(Program program) {
    this.program = program;
  }

  /** The script, made of its template. */
  String into(String template) {
    functions.clear();
    StringBuilder lines = new StringBuilder();
    for (Opt each : program.itself().options()) {
      lines.append(line("__vcgroupfs_needs_command", each));
    }
    for (Command each : program.commands()) {
      lines.append(
          "complete -c vcgroupfs -n __vcgroupfs_needs_command -a %s -d %s\n"
              .formatted(each.name(), quoted(each.about())));
    }
    for (Command each : program.commands()) {
      lines.append('\n').append(command(each));
    }
    String words =
        functions.entrySet().stream()
            .map(each -> "function %s\n%send\n".formatted(each.getValue(), each.getKey()))
            .collect(joining("\n"));
    return Lines.replaced(
        template, Map.of("#@TAKES@", takes(), "#@WORDS@", words, "#@LINES@", lines.toString()));
  }

  /** How many words stand behind an option. */
  private String takes() {
    StringBuilder out = new StringBuilder();
    for (Command command : program.commands()) {
      for (Opt option : command.all()) {
        if (!option.isFlag()) {
          for (String name : option.names()) {
            out.append(
                "        case '%s %s'\n            echo %d\n"
                    .formatted(command.name(), name, option.count()));
          }
        }
      }
    }
    return out.toString();
  }

  private String command(Command command) {
    StringBuilder out = new StringBuilder();
    for (Opt each : command.all()) {
      String once =
          each.often()
              ? ""
              : "; and not __vcgroupfs_has %d %s" // its own value may be what is completed
                  .formatted(each.isFlag() ? -1 : -2, String.join(" ", each.names()));
      out.append(
          line(
              "__vcgroupfs_options %s%s%s"
                  .formatted(command.name(), command.stops() ? " stops" : "", once),
              each));
      if (each.count() > 1) {
        out.append(
            "complete -c vcgroupfs -n '__vcgroupfs_second %s %s'%s\n"
                .formatted(command.name(), each.names().get(0), values(each.value())));
      }
    }
    if (command.operand().kind() != Kind.FLAG) {
      out.append(
          "complete -c vcgroupfs -n '__vcgroupfs_operand %s'%s\n"
              .formatted(command.name(), values(command.operand())));
    } else if (command.runsCommands()) {
      out.append(
          "complete -c vcgroupfs -n '__vcgroupfs_behind_dashes %s' -a '(__vcgroupfs_run_command)'\n"
              .formatted(command.name()));
    }
    return out.toString();
  }

  private String line(String condition, Opt option) {
    String names =
        option.names().stream()
            .map(
                name ->
                    name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
            .collect(joining());
    return "complete -c vcgroupfs -n %s%s%s -d %s\n"
        .formatted(
            condition.contains(" ") ? quoted(condition) : condition,
            names,
            option.isFlag() ? "" : " -r" + values(option.value()),
            quoted(option.about()));
  }

  private String values(Value value) {
    return switch (value.kind()) {
      case FLAG -> "";
      case OTHER -> " -f";
      case FILE -> " -F";
      case DIRECTORY -> " -f -a '(__fish_complete_directories (commandline -ct))'";
      case MOUNT -> " -f -a '(__vcgroupfs_mounts)'";
      case HIERARCHY -> " -f -a '(__vcgroupfs_hierarchies)'";
      case WORD -> " -f -ka '(%s)'".formatted(function("printf '%s\\t%s\\n'", value));
      case LIST -> " -f -ka '(%s)'".formatted(function("__vcgroupfs_list", value));
    };
  }

  private String function(String printing, Value value) {
    String words =
        value.words().stream()
            .map(word -> " \\\n        %s %s".formatted(quoted(word.text()), quoted(word.about())))
            .collect(joining());
    return functions.computeIfAbsent(
        "    " + printing + words + "\n", key -> "__vcgroupfs_words_" + (functions.size() + 1));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
