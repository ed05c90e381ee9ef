package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandLines;
import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A line of {@code sim.tcp.flows}: {@code add NAME key=value …}, {@code set NAME key=value …},
 * {@code remove NAME}. Immutable.
 *
 * @param verb what to do
 * @param name the flow
 * @param options key and value, in the order they were written
 */
record FlowCommand(Verb verb, String name, Map<Key, String> options) {
  /** So that a typing error cannot eat the machine. */
  static final int MAX_CONNECTIONS = 1_000_000;

  private static final long MAX_CHUNK_BYTES = 16 << 20;
  private static final long MAX_RTT_NS = 10_000_000_000L;
  private static final long MAX_FLOW_BYTES = 1L << 50;
  private static final String MAX_TEXT = "max";
  private static final String OR_MAX = ", or max";
  private static final String A_TIME = "write 0 to 10s, with us, ms or s: 20ms";

  /** What a line does. */
  enum Verb {
    ADD,
    SET,
    REMOVE
  }

  /** A setting. */
  enum Key {
    CONNECTIONS,
    CHUNK,
    SEND,
    READ,
    RTT,
    PEER,
    BYTES
  }

  private static final CommandLines.Grammar<Verb, Key> GRAMMAR =
      new CommandLines.Grammar<>(
          Verb.class, Key.class, Verb.REMOVE, "flow", "add f connections=8 chunk=16K");

  /** The commands in a text, a line each; blank lines are passed over. */
  static List<FlowCommand> parse(String text) throws ErrnoException {
    List<FlowCommand> commands = new ArrayList<>();
    for (CommandLines.Line<Verb, Key> line : CommandLines.parse(text, GRAMMAR)) {
      FlowCommand command = new FlowCommand(line.verb(), line.name(), line.options());
      command.applyTo(FlowSpec.DEFAULT); // every value is looked at, whatever the verb
      commands.add(command);
    }
    return commands;
  }

  /** The spec with this command's options in it. */
  FlowSpec applyTo(FlowSpec spec) throws ErrnoException {
    int connections = spec.connections();
    int chunkBytes = spec.chunkBytes();
    Rate send = spec.send();
    Rate read = spec.read();
    long rttNs = spec.rttNs();
    Peer peer = spec.peer();
    long bytes = spec.bytes();
    for (Map.Entry<Key, String> option : options.entrySet()) {
      String value = option.getValue();
      switch (option.getKey()) {
        case CONNECTIONS ->
            connections = (int) CommandWords.number("connections", value, 1, MAX_CONNECTIONS, "");
        case CHUNK ->
            chunkBytes = (int) CommandWords.number("chunk", value, 1, MAX_CHUNK_BYTES, "");
        case SEND -> send = rate("send", value);
        case READ -> read = rate("read", value);
        case RTT ->
            rttNs =
                CommandWords.durationNs("rtt", value, TimeUnit.MICROSECONDS, 0, MAX_RTT_NS, A_TIME);
        case PEER -> peer = peer(value);
        case BYTES ->
            bytes =
                value.equals(MAX_TEXT)
                    ? FlowSpec.ENDLESS
                    : CommandWords.number("bytes", value, 0, MAX_FLOW_BYTES, OR_MAX);
      }
    }
    return new FlowSpec(connections, chunkBytes, send, read, rttNs, peer, bytes);
  }

  /** Whether the command says something about that. */
  boolean has(Key key) {
    return options.containsKey(key);
  }

  private static Peer peer(String value) throws ErrnoException {
    if (value.isEmpty() || value.contains("//") || value.contains("..")) {
      throw CommandWords.invalid(
          "peer=" + value + " is no group",
          "write same, outside, or the path of a group below the mount, such as web/front");
    }
    return new Peer(value);
  }

  /** A round trip as it can be written. */
  static String rttText(long ns) {
    if (ns == 0) {
      return "0";
    }
    return ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns / 1_000 + "us";
  }

  /** A number of bytes as it can be written. */
  static String bytesText(long bytes) {
    return bytes == FlowSpec.ENDLESS ? MAX_TEXT : Long.toString(bytes);
  }

  private static Rate rate(String key, String value) throws ErrnoException {
    if (value.equals(MAX_TEXT)) {
      return new Rate(Rate.MAX, value);
    }
    String size = value.endsWith("/s") ? value.substring(0, value.length() - 2) : value;
    return new Rate(CommandWords.number(key, size, 0, 1L << 50, OR_MAX), value);
  }
}
