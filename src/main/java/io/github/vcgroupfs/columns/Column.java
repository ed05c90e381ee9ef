package io.github.vcgroupfs.columns;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A number that one can know of a group. A kernel tells some of them, in the control files; a mount
 * of this program tells all.
 */
public enum Column {
  /** The memory that is charged now. */
  USAGE("usage", Unit.BYTES, Kind.LEVEL, "memory charged now"),
  /** The most that was charged so far. */
  MAX_USAGE("max_usage", Unit.BYTES, Kind.LEVEL, "the most memory charged so far"),
  /** The limit of memory. */
  LIMIT("limit", Unit.BYTES, Kind.LIMIT, "the limit of memory"),
  /** How often that limit refused a charge. */
  FAILCNT("failcnt", Unit.COUNT, Kind.COUNTER, "how often the limit of memory was hit"),
  /** Memory and swap that are charged now. */
  MEMSW_USAGE("memsw_usage", Unit.BYTES, Kind.LEVEL, "memory and swap charged now"),
  /** The most memory and swap that was charged so far. */
  MEMSW_MAX_USAGE(
      "memsw_max_usage", Unit.BYTES, Kind.LEVEL, "the most memory and swap charged so far"),
  /** The limit of memory and swap. */
  MEMSW_LIMIT("memsw_limit", Unit.BYTES, Kind.LIMIT, "the limit of memory and swap"),
  /** How often that limit refused a charge. */
  MEMSW_FAILCNT(
      "memsw_failcnt", Unit.COUNT, Kind.COUNTER, "how often the limit of memory and swap was hit"),
  /** Kernel memory that is charged now. */
  KMEM_USAGE("kmem_usage", Unit.BYTES, Kind.LEVEL, "kernel memory charged now"),
  /** The most kernel memory that was charged so far. */
  KMEM_MAX_USAGE("kmem_max_usage", Unit.BYTES, Kind.LEVEL, "the most kernel memory so far"),
  /** The limit of kernel memory. */
  KMEM_LIMIT("kmem_limit", Unit.BYTES, Kind.LIMIT, "the limit of kernel memory"),
  /** How often that limit refused a charge. */
  KMEM_FAILCNT(
      "kmem_failcnt", Unit.COUNT, Kind.COUNTER, "how often the limit of kernel memory was hit"),
  /** Memory of TCP sockets that is charged now. */
  TCP_USAGE("tcp_usage", Unit.BYTES, Kind.LEVEL, "memory of TCP sockets charged now"),
  /** The most memory of TCP sockets that was charged so far. */
  TCP_MAX_USAGE("tcp_max_usage", Unit.BYTES, Kind.LEVEL, "the most memory of TCP sockets so far"),
  /** The limit of the memory of TCP sockets. */
  TCP_LIMIT("tcp_limit", Unit.BYTES, Kind.LIMIT, "the limit of the memory of TCP sockets"),
  /** How often that limit refused a charge. */
  TCP_FAILCNT("tcp_failcnt", Unit.COUNT, Kind.COUNTER, "how often the limit of TCP memory was hit"),
  /** Sockets that are open, charged or not. */
  SOCKETS("sockets", Unit.COUNT, Kind.LEVEL, "open TCP sockets"),
  /** Whether the sockets are under memory pressure. */
  PRESSURE("pressure", Unit.FLAG, Kind.LEVEL, "whether TCP is under memory pressure now"),
  /** How often that pressure began. */
  PRESSURE_ENTERED(
      "pressure_entered", Unit.COUNT, Kind.COUNTER, "how often memory pressure of TCP began"),
  /** How long there was pressure. */
  PRESSURE_MS("pressure_ms", Unit.MILLISECONDS, Kind.COUNTER, "time under memory pressure of TCP"),
  /** What the receivers in the group offer their peers, added up. */
  WINDOW("window", Unit.BYTES, Kind.LEVEL, "windows that simulated receivers offer now, in sum"),
  /** What sockets of the group have sent. */
  SENT("sent", Unit.BYTES, Kind.COUNTER, "bytes sent through TCP sockets"),
  /** What was read from sockets of the group. */
  RECEIVED("received", Unit.BYTES, Kind.COUNTER, "bytes received through TCP sockets"),
  /** How often a receive queue was cut down to save memory. */
  PRUNED("pruned", Unit.COUNT, Kind.COUNTER, "how often a receive queue was pruned"),
  /** Segments that were dropped because there was no memory. */
  DROPPED("dropped", Unit.COUNT, Kind.COUNTER, "segments dropped for want of memory"),
  /** How often a window was closed. */
  ZERO_WINDOW("zero_window", Unit.COUNT, Kind.COUNTER, "how often a window was closed to zero"),
  /** Send buffers for which there was no memory. */
  SEND_REFUSED("send_refused", Unit.COUNT, Kind.COUNTER, "send buffers refused for want of memory"),
  /** Processes that are members. */
  PROCS("procs", Unit.COUNT, Kind.LEVEL, "processes that are members");

  /** What a limit is that limits nothing. Kernels show several large numbers for it. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** In an array of values: this one is not known. No number here is negative. */
  public static final long UNKNOWN = -1;

  /** {@code PAGE_COUNTER_MAX} in bytes: from it on, no limit is meant. */
  private static final long LEAST_UNLIMITED = 0x7ffffffffffff000L;

  /** The kernels' counters have 64 bits and no sign: some numbers of theirs are above that. */
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private static final List<Column> ALL = List.of(values());
  private static final Map<String, Column> BY_ID = byId();

  /** What happens to a number as time goes by. */
  private enum Kind {
    /** It goes up and down. */
    LEVEL,
    /** Somebody sets it. */
    LIMIT,
    /** It only grows, until somebody resets it. */
    COUNTER
  }

  private final String id;
  private final Unit unit;
  private final Kind kind;
  private final String help;

  Column(String id, Unit unit, Kind kind, String help) {
    this.id = id;
    this.unit = unit;
    this.kind = kind;
    this.help = help;
  }

  private static Map<String, Column> byId() {
    Map<String, Column> columns = new HashMap<>();
    for (Column each : values()) {
      columns.put(each.id, each);
    }
    return Map.copyOf(columns);
  }

  /** All of them, in the order of the table. The same list each time. */
  public static List<Column> all() {
    return ALL;
  }

  /** The column with this name; empty if there is none. */
  public static Optional<Column> byId(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** Its name in tables and in JSON: {@code tcp_usage}. */
  public String id() {
    return id;
  }

  /** What it counts. */
  public Unit unit() {
    return unit;
  }

  /** Whether it only grows, until somebody resets it, so that its rate says more than its value. */
  public boolean isCounter() {
    return kind == Kind.COUNTER;
  }

  /** Whether it is a limit, which may be {@link #UNLIMITED}. */
  public boolean isLimit() {
    return kind == Kind.LIMIT;
  }

  /** What it is, for people. No full stop. */
  public String help() {
    return help;
  }

  /** A number as a control file shows it: what is no limit in any kernel is one number here. */
  public long normal(long shown) {
    return isLimit() && (shown < 0 || shown >= LEAST_UNLIMITED) ? UNLIMITED : shown;
  }

  /**
   * A number as a control file shows it in digits; {@link #UNKNOWN} if it is something else, or
   * more than a {@code long} holds.
   */
  public long parsed(String shown) {
    if (shown.isEmpty() || !shown.chars().allMatch(each -> each >= '0' && each <= '9')) {
      return UNKNOWN;
    }
    BigInteger number = new BigInteger(shown);
    return normal(number.compareTo(MOST) <= 0 ? number.longValue() : UNKNOWN);
  }
}
