package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandLines;
import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lines of {@code sim.tcp.relay}. */
final class RelayCommandParser {
  private static final String CONNECTIONS = "--connections";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_PORT = 65_535;
  private static final int MIN_BUFFER_BYTES = 4_096;
  private static final int MAX_BUFFER_BYTES = 64 << 20;
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_TIMEOUT_SECONDS = 86_400;

  /** A host and a port; a host with colons is in brackets. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\]]*)):([0-9]{1,5})");

  private static final CommandLines.Grammar<Verb, Key> GRAMMAR =
      new CommandLines.Grammar<>(
          Verb.class,
          Key.class,
          Verb.REMOVE,
          List.of(CONNECTIONS),
          "relay",
          "add web listen=127.0.0.1:9000 connect=127.0.0.1:80");

  /** What a line does. */
  private enum Verb {
    ADD,
    REMOVE
  }

  /** A setting. */
  private enum Key {
    LISTEN,
    CONNECT,
    SNDBUF,
    RCVBUF,
    TIMEOUT
  }

  private RelayCommandParser() {}

  /** The commands in a text, a line each; blank lines are passed over. */
  static List<RelayCommand> parse(String text) throws ErrnoException {
    List<RelayCommand> commands = new ArrayList<>();
    for (CommandLines.Line<Verb, Key> line : CommandLines.parse(text, GRAMMAR)) {
      commands.add(
          switch (line.verb()) {
            case ADD -> new RelayCommand.Add(line.name(), specOf(line));
            case REMOVE -> new RelayCommand.Remove(line.name(), line.flags().contains(CONNECTIONS));
          });
    }
    return commands;
  }

  private static RelaySpec specOf(CommandLines.Line<Verb, Key> line) throws ErrnoException {
    String listen = line.options().get(Key.LISTEN);
    String connect = line.options().get(Key.CONNECT);
    if (listen == null || connect == null) {
      throw CommandWords.invalid(
          "relay " + line.name() + " needs listen= and connect=", "write " + GRAMMAR.example());
    }
    return new RelaySpec(
        endpoint("listen", listen, 0),
        endpoint("connect", connect, 1),
        buffer("sndbuf", line.options().get(Key.SNDBUF)),
        buffer("rcvbuf", line.options().get(Key.RCVBUF)),
        timeout(line.options().get(Key.TIMEOUT)));
  }

  private static RelaySpec.Endpoint endpoint(String key, String value, int leastPort)
      throws ErrnoException {
    Matcher matcher = ADDRESS.matcher(value);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(3));
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      if (port >= leastPort && port <= MAX_PORT) {
        return new RelaySpec.Endpoint(host.isEmpty() ? LOOPBACK : host, port);
      }
    }
    throw CommandWords.invalid(
        key + "=" + value + " is no address",
        "write HOST:PORT with a port from %d to %d, such as 127.0.0.1:9000 or [::1]:9000"
            .formatted(leastPort, MAX_PORT));
  }

  private static int buffer(String key, @Nullable String value) throws ErrnoException {
    return value == null
        ? RelaySpec.BY_KERNEL
        : (int) CommandWords.number(key, value, MIN_BUFFER_BYTES, MAX_BUFFER_BYTES, "");
  }

  private static int timeout(@Nullable String value) throws ErrnoException {
    if (value == null) {
      return DEFAULT_TIMEOUT_SECONDS;
    }
    long ns =
        CommandWords.durationNs(
            "timeout",
            value,
            TimeUnit.SECONDS,
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.SECONDS.toNanos(MAX_TIMEOUT_SECONDS),
            "write 1s to " + MAX_TIMEOUT_SECONDS + "s");
    return (int) TimeUnit.NANOSECONDS.toSeconds(ns);
  }
}
