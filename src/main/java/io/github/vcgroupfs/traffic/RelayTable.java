package io.github.vcgroupfs.traffic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The relays of one group. Not thread-safe: guarded by the lock of {@link Relays}. */
final class RelayTable {
  private static final String ROW =
      "%-16s %21s %21s %9s %9s %11s %9s %14s %14s %9s %9s %9s %8s %11s%n";

  /** Stands for an address that is not the reader's business. */
  private static final String HIDDEN = "-";

  private final Map<String, Relay> relays = new LinkedHashMap<>();

  @Nullable Relay get(String name) {
    return relays.get(name);
  }

  void put(Relay relay) {
    relays.put(relay.name(), relay);
  }

  void remove(String name) {
    relays.remove(name);
  }

  boolean isEmpty() {
    return relays.isEmpty();
  }

  Collection<Relay> all() {
    return relays.values();
  }

  /**
   * A header and a row a relay; nothing if there are none.
   *
   * @param showsAddresses whether the reader may know whom a relay connects
   */
  String text(Predicate<Relay> showsAddresses) {
    if (relays.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "name",
            "listen",
            "connect",
            "sndbuf",
            "rcvbuf",
            "connections",
            "accepted",
            "in",
            "out",
            "held",
            "refusals",
            "paused_ms",
            "timeout",
            "turned_away"));
    for (Relay relay : relays.values()) {
      boolean shown = showsAddresses.test(relay);
      Relay.Totals totals = relay.totals();
      text.append(
          ROW.formatted(
              relay.name(),
              shown ? relay.listensOn() : HIDDEN,
              shown ? relay.spec().connect() : HIDDEN,
              buffer(relay.spec().sndbufBytes()),
              buffer(relay.spec().rcvbufBytes()),
              relay.links().size(),
              relay.accepted(),
              totals.in(),
              totals.out(),
              totals.held(),
              totals.refusals(),
              totals.pausedMs(),
              relay.spec().timeoutSeconds() + "s",
              relay.turnedAway()));
    }
    return text.toString();
  }

  private static String buffer(int bytes) {
    return bytes == RelaySpec.BY_KERNEL ? "auto" : Integer.toString(bytes);
  }
}
