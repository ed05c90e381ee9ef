package io.github.vcgroupfs.manual;

import io.github.vcgroupfs.cli.CommandTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * All commands with their options, as pages and completions want them. Immutable.
 *
 * @param itself the program without a command
 * @param commands in the order of the help
 */
record Program(Command itself, List<Command> commands) {
  /** What a label of the help stands for. A label that is missing here is an error. */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("FILE", Kind.FILE),
          Map.entry("FILE.csv", Kind.FILE),
          Map.entry("FILE.svg|FILE.png", Kind.FILE),
          Map.entry("DIR", Kind.HIERARCHY),
          Map.entry("MOUNTPOINT", Kind.MOUNT),
          Map.entry("LIST", Kind.LIST),
          Map.entry("WHAT=N,...", Kind.LIST),
          Map.entry("CIDR,...", Kind.LIST),
          Map.entry("N", Kind.OTHER),
          Map.entry("S", Kind.OTHER),
          Map.entry("SECONDS", Kind.OTHER),
          Map.entry("HOST:PORT", Kind.OTHER),
          Map.entry("TEXT", Kind.OTHER),
          Map.entry("GROUP", Kind.OTHER),
          Map.entry("GOAL", Kind.OTHER),
          Map.entry("FIELD", Kind.OTHER),
          Map.entry("X,Y", Kind.OTHER),
          Map.entry("NAME", Kind.OTHER));

  /** The command whose operand is a command. */
  private static final String HELP = "help";

  /** The command whose mount point is yet to be made. */
  private static final String MOUNT = "mount";

  /** The command that hands options on to {@link #MOUNT}. */
  private static final String RUN = "run";

  /** Those of {@link #MOUNT} that it does not hand on, or that mean nothing then. */
  private static final List<String> NOT_FOR_RUN = List.of("--foreground", "--help", "--version");

  /** Reads the program as it is. */
  static Program read() {
    return read(CommandTree.whole());
  }

  /** Reads a model of picocli's. */
  static Program read(CommandLine line) {
    List<Command> commands = new ArrayList<>();
    line.getSubcommands().forEach((name, each) -> commands.add(command(name, each, line)));
    return new Program(command("", line, line), List.copyOf(commands));
  }

  /** The command with that name. */
  Command command(String name) {
    return Stream.concat(Stream.of(itself), commands.stream())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The program itself as the first, and all commands. */
  List<Command> all() {
    return Stream.concat(Stream.of(itself), commands.stream()).toList();
  }

  private static Command command(String name, CommandLine line, CommandLine program) {
    CommandSpec spec = line.getCommandSpec();
    List<Opt> others =
        name.equals(RUN)
            ? options(program.getSubcommands().get(MOUNT).getCommandSpec()).stream()
                .filter(each -> each.names().stream().noneMatch(NOT_FOR_RUN::contains))
                .toList()
            : List.of();
    List<PositionalParamSpec> operands = spec.positionalParameters();
    return new Command(
        name,
        text(spec.usageMessage().description()),
        options(spec),
        others,
        name.equals(HELP)
            ? commands(program)
            : operands.isEmpty() ? Value.NONE : value(spec, operands.get(0)),
        operands.isEmpty() ? "" : text(operands.get(0).description()),
        line.isStopAtPositional());
  }

  /** A value that is the name of a command. */
  private static Value commands(CommandLine program) {
    List<Word> words =
        program.getSubcommands().entrySet().stream()
            .map(each -> new Word(each.getKey(), about(each.getValue())))
            .toList();
    return new Value(Kind.WORD, "COMMAND", words);
  }

  private static String about(CommandLine command) {
    return firstSentence(text(command.getCommandSpec().usageMessage().description()));
  }

  private static List<Opt> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .map(option -> option(spec, option))
        .toList();
  }

  private static Opt option(CommandSpec spec, OptionSpec option) {
    int count = option.arity().max();
    return new Opt(
        List.of(option.names()),
        text(option.description()),
        count == 0 ? Value.NONE : value(spec, option),
        count,
        option.isMultiValue() && count == 1);
  }

  private static Value value(CommandSpec spec, ArgSpec argument) {
    List<Word> words =
        CommandTree.words(argument).stream()
            .map(word -> new Word(word, CommandTree.about(argument, word)))
            .toList();
    String label = argument.paramLabel();
    return new Value(kind(spec, argument, label, !words.isEmpty()), label, words);
  }

  private static Kind kind(CommandSpec spec, ArgSpec argument, String label, boolean hasWords) {
    Kind kind = KINDS.get(label);
    if (hasWords) {
      return kind == Kind.LIST ? Kind.LIST : Kind.WORD;
    }
    if (kind == null || kind == Kind.LIST) {
      throw new IllegalStateException(
          "%s of %s: completions do not know what %s is: add it to KINDS, or candidates to the option"
              .formatted(argument, spec.name(), label));
    }
    return kind == Kind.MOUNT && spec.name().equals(MOUNT) ? Kind.DIRECTORY : kind;
  }

  private static String text(String[] lines) {
    return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
  }

  /** Of a text, the part up to the first full stop. */
  static String firstSentence(String text) {
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
