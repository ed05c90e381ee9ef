package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandLines;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code sim.tcp.flows}: {@code add NAME key=value …}, {@code set NAME key=value …},
 * {@code remove NAME}. Immutable.
 *
 * @param verb what to do
 * @param name the flow
 * @param options key and value, in the order they were written
 */
record FlowCommand(Verb verb, String name, Map<FlowKey, String> options) {
  /** So that a typing error cannot eat the machine. */
  static final int MAX_CONNECTIONS = 1_000_000;

  /** What a line does. */
  enum Verb {
    ADD,
    SET,
    REMOVE
  }

  private static final CommandLines.Grammar<Verb, FlowKey> GRAMMAR =
      new CommandLines.Grammar<>(
          Verb.class, FlowKey.class, Verb.REMOVE, "flow", "add f connections=8 chunk=16K");

  /** The commands in a text, a line each; blank lines are passed over. */
  static List<FlowCommand> parse(String text) throws ErrnoException {
    List<FlowCommand> commands = new ArrayList<>();
    for (CommandLines.Line<Verb, FlowKey> line : CommandLines.parse(text, GRAMMAR)) {
      FlowCommand command = new FlowCommand(line.verb(), line.name(), line.options());
      command.applyTo(FlowSpec.DEFAULT); // every value is looked at, whatever the verb
      commands.add(command);
    }
    return commands;
  }

  /** The spec with this command's options in it. */
  FlowSpec applyTo(FlowSpec spec) throws ErrnoException {
    FlowSpec changed = spec;
    for (Map.Entry<FlowKey, String> option : options.entrySet()) {
      changed = option.getKey().set(changed, option.getValue());
    }
    return changed;
  }

  /** Whether the command says something about that. */
  boolean has(FlowKey key) {
    return options.containsKey(key);
  }
}
