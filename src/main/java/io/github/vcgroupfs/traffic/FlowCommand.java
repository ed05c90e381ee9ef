package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code sim.tcp.flows}: {@code add NAME key=value …}, {@code set NAME key=value …},
 * {@code remove NAME}. Immutable.
 *
 * @param verb what to do
 * @param name the flow
 * @param options key and value, in the order they were written
 */
record FlowCommand(Verb verb, String name, List<Option> options) {
  /** So that a typing error cannot eat the machine. */
  static final int MAX_CONNECTIONS = 1_000_000;

  private static final long MAX_CHUNK_BYTES = 16 << 20;
  private static final int MAX_NAME_CHARS = 64;
  private static final long MAX_RTT_NS = 10_000_000_000L;
  private static final long MAX_FLOW_BYTES = 1L << 50;
  private static final String MAX_TEXT = "max";
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s)");

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

  /** A setting and its value, as written. */
  record Option(Key key, String value) {}

  /** The commands in a text, a line each; blank lines are passed over. */
  static List<FlowCommand> parse(String text) throws ErrnoException {
    List<FlowCommand> commands = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String trimmed = line.strip();
      if (!trimmed.isEmpty()) {
        commands.add(parseLine(trimmed));
      }
    }
    if (commands.isEmpty()) {
      throw invalid("nothing to do", "write a line such as: add f connections=8 chunk=16K");
    }
    return commands;
  }

  private static FlowCommand parseLine(String line) throws ErrnoException {
    String[] words = line.split("[ \t]+", -1);
    Verb verb = find(Verb.values(), words[0], "command");
    if (words.length < 2) {
      throw invalid("\"" + line + "\" names no flow", "write " + words[0] + " NAME");
    }
    String name = words[1];
    if (name.length() > MAX_NAME_CHARS || !name.matches("[A-Za-z0-9_.-]+")) {
      throw invalid(
          "\"" + name + "\" is no name for a flow",
          "use at most " + MAX_NAME_CHARS + " letters, digits, _ . or -");
    }
    List<Option> options = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        throw invalid("\"" + words[i] + "\" has no value", "write key=value");
      }
      Key key = find(Key.values(), words[i].substring(0, equals), "key");
      if (!seen.add(key)) {
        throw invalid("\"" + words[i] + "\" says it twice", "give each key once");
      }
      options.add(new Option(key, words[i].substring(equals + 1)));
    }
    if (verb == Verb.REMOVE && !options.isEmpty()) {
      throw invalid("remove takes a name and nothing more", "write remove " + name);
    }
    FlowCommand command = new FlowCommand(verb, name, options);
    command.applyTo(FlowSpec.DEFAULT); // every value is looked at, whatever the verb
    return command;
  }

  private static <E extends Enum<E>> E find(E[] values, String word, String what)
      throws ErrnoException {
    StringBuilder known = new StringBuilder();
    for (E value : values) {
      String label = value.name().toLowerCase(Locale.ROOT);
      if (label.equals(word)) {
        return value;
      }
      known.append(known.length() == 0 ? "" : ", ").append(label);
    }
    throw invalid("\"" + word + "\" is no " + what, "there are " + known);
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
    for (Option option : options) {
      String value = option.value();
      switch (option.key()) {
        case CONNECTIONS -> connections = (int) number("connections", value, 1, MAX_CONNECTIONS);
        case CHUNK -> chunkBytes = (int) number("chunk", value, 1, MAX_CHUNK_BYTES);
        case SEND -> send = rate("send", value);
        case READ -> read = rate("read", value);
        case RTT -> rttNs = duration(value);
        case PEER -> peer = peer(value);
        case BYTES ->
            bytes =
                value.equals(MAX_TEXT)
                    ? FlowSpec.ENDLESS
                    : number("bytes", value, 0, MAX_FLOW_BYTES);
      }
    }
    return new FlowSpec(connections, chunkBytes, send, read, rttNs, peer, bytes);
  }

  /** Whether the command says something about that. */
  boolean has(Key key) {
    return options.stream().anyMatch(option -> option.key() == key);
  }

  private static Peer peer(String value) throws ErrnoException {
    if (value.isEmpty() || value.contains("//") || value.contains("..")) {
      throw invalid(
          "peer=" + value + " is no group",
          "write same, outside, or the path of a group below the mount, such as web/front");
    }
    return new Peer(value);
  }

  /** A time: digits and us, ms or s. */
  private static long duration(String value) throws ErrnoException {
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long unit =
          switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
          };
      long ns = Long.parseLong(matcher.group(1)) * unit;
      if (ns <= MAX_RTT_NS) {
        return ns;
      }
    } else if (value.equals("0")) {
      return 0;
    }
    throw invalid(
        "rtt=" + value + " is out of range or no time", "write 0 to 10s, with us, ms or s: 20ms");
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
    return new Rate(number(key, size, 0, 1L << 50), value);
  }

  /** A number with an optional K, M or G, each 1,024 of the one before. */
  private static long number(String key, String value, long least, long most)
      throws ErrnoException {
    if (value.matches("[0-9]{1,15}[KMGkmg]?")) {
      int power = "KMG".indexOf(Character.toUpperCase(value.charAt(value.length() - 1)));
      String digits = power < 0 ? value : value.substring(0, value.length() - 1);
      long number = Long.parseLong(digits);
      int shift = 10 * (power + 1);
      if (number <= most >> shift && number << shift >= least) {
        return number << shift;
      }
    }
    throw invalid(
        key + "=" + value + " is out of range or no number",
        "write "
            + least
            + " to "
            + most
            + ", with K, M or G for 1024, 1024^2, 1024^3"
            + (least == 0 ? ", or max" : ""));
  }

  private static ErrnoException invalid(String what, String remedy) {
    return new ErrnoException(Errno.EINVAL, what + ": " + remedy);
  }
}
