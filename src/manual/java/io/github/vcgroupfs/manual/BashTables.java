package io.github.vcgroupfs.manual;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the script for bash has to know of the program: two tables, as cases of a {@code case}. */
final class BashTables {
  private final Program program;

  BashTables(Program program) {
    this.program = program;
  }

  /** The script, made of its template. */
  String into(String template) {
    return Lines.replaced(template, Map.of("#@OPTIONS@", options(), "#@VALUES@", values()));
  }

  private String options() {
    return program.all().stream()
        .map(
            command ->
                "    '%s') options=(%s)%s ;;\n"
                    .formatted(
                        command.name(),
                        command.all().stream()
                            .flatMap(
                                option ->
                                    option.names().stream()
                                        .map(name -> quoted(name, option.about())))
                            .collect(joining(" ")),
                        command.stops() ? " stops=yes" : ""))
        .collect(joining());
  }

  /** One case for all places where the same can stand. */
  private String values() {
    Map<String, String> places = new LinkedHashMap<>();
    add(places, ":operand", action(program.command("help").operand(), 1, false));
    for (Command command : program.commands()) {
      for (Opt option : command.all()) {
        if (!option.isFlag()) {
          for (String name : option.names()) {
            String action = action(option.value(), option.count(), option.often());
            add(places, command.name() + ":" + name, action);
          }
        }
      }
      if (command.operand().kind() != Kind.FLAG) {
        add(places, command.name() + ":operand", action(command.operand(), 1, false));
      } else if (command.runsCommands()) {
        add(places, command.name() + ":operand", "kind='command'");
      }
    }
    return places.entrySet().stream()
        .map(each -> "    %s) %s ;;\n".formatted(each.getValue(), each.getKey()))
        .collect(joining());
  }

  private static void add(Map<String, String> places, String place, String action) {
    places.merge(action, place, (one, other) -> one + " | " + other);
  }

  private static String action(Value value, int count, boolean often) {
    return Stream.of(
            "kind='%s'".formatted(value.kind().name().toLowerCase(Locale.ROOT)),
            count == 1 ? "" : "count=" + count,
            often ? "often=yes" : "",
            value.words().isEmpty()
                ? ""
                : value.words().stream()
                    .map(word -> quoted(word.text(), word.about()))
                    .collect(joining(" ", "words=(", ")")))
        .filter(each -> !each.isEmpty())
        .collect(joining(" "));
  }

  /** A word and what it means, with a tabulator between them. */
  private static String quoted(String word, String about) {
    return about.isEmpty()
        ? "'" + word + "'"
        : "$'%s\\t%s'".formatted(word, about.replace("\\", "\\\\").replace("'", "\\'"));
  }
}
