package io.github.vcgroupfs.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The relays of one group. Not thread-safe: guarded by the monitor of {@link Relays}. Its own lock
 * is held by whoever changes the table, from the first look at it to the last, also while sockets
 * are bound.
 */
final class RelayTable {
  private static final String ROW =
      "%-16s %21s %21s %9s %9s %11s %9s %14s %14s %9s %9s %9s %8s %9s %11s%n";

  /** Stands for an address that is not the reader's business. */
  private static final String HIDDEN = "-";

  private final Map<String, Relay> relays = new LinkedHashMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private int users;

  /** Held from the plan of a change to its end. Comes before the monitor of {@link Relays}. */
  ReentrantLock changing() {
    return changing;
  }

  /** Somebody is about to change it. */
  void enter() {
    users++;
  }

  /** Whoever was about to change it has done so. */
  void leave() {
    users--;
  }

  @Nullable Relay get(String name) {
    return relays.get(name);
  }

  void put(Relay relay) {
    relays.put(relay.name(), relay);
  }

  void remove(String name) {
    relays.remove(name);
  }

  /** Whether there is nothing in it and nobody is about to change that. */
  boolean isUseless() {
    return relays.isEmpty() && users == 0;
  }

  /** A copy. */
  List<Relay> all() {
    return List.copyOf(relays.values());
  }

  /**
   * A header and a row a relay; nothing if there are none. Needs no lock.
   *
   * @param showsAddresses whether the reader may know whom a relay connects
   */
  static String text(List<Relay> relays, Predicate<Relay> showsAddresses) {
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
            "target",
            "turned_away"));
    for (Relay relay : relays) {
      boolean shown = showsAddresses.test(relay);
      RelayTotals totals = relay.totals();
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
              relay.target().state(),
              relay.turnedAway()));
    }
    return text.toString();
  }

  private static String buffer(int bytes) {
    return bytes == RelaySpec.BY_KERNEL ? "auto" : Integer.toString(bytes);
  }
}
