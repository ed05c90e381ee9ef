package io.github.vcgroupfs.rights;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A thing of which a mount has only so much, because each one costs the daemon memory, time or
 * descriptors.
 */
public enum Quota {
  /**
   * Simulated connections of {@code sim.tcp.flows}; each has two sockets, of 300 bytes at least.
   */
  CONNECTIONS("simulated connections", "remove some flows", 100_000, 1_000_000, 0),
  /** Relays of {@code sim.tcp.relay}; each listens on a socket. */
  RELAYS("relays", "remove some", 64, 1_024, 1),
  /** Connections that relays have accepted; each has two sockets. */
  RELAY_CONNECTIONS("connections through relays", "let some end", 1_000, 10_000, 2),
  /** Lines of {@code sim.fault}: every call on the mount is compared with those that concern it. */
  FAULTS("lines in sim.fault", "write clear to one of those files", 256, 4_096, 0),
  /** Registrations in {@code cgroup.event_control}; each keeps an eventfd and a pidfd. */
  EVENTS("event registrations", "let clients exit or remove groups", 256, 1_024, 2),
  /** Groups, of all hierarchies of the mount. */
  GROUPS("groups", "remove some", 10_000, 1_000_000, 0),
  /** Open descriptors of the daemon that relays and registrations need. */
  DESCRIPTORS(
      "descriptors of the daemon in use",
      "let connections and event clients end, raise ulimit -n of the daemon",
      Long.MAX_VALUE,
      Long.MAX_VALUE,
      0);

  /** Made when it is needed: a start is not to wait for it. */
  private static final class Syntax {
    static final Pattern COUNT = Pattern.compile("([^=]*)=([0-9]{1,15})");
  }

  private final String plural;
  private final String remedy;
  private final long perUser;
  private final long perMount;
  private final int descriptorsEach;

  Quota(String plural, String remedy, long perUser, long perMount, int descriptorsEach) {
    this.plural = plural;
    this.remedy = remedy;
    this.perUser = perUser;
    this.perMount = perMount;
    this.descriptorsEach = descriptorsEach;
  }

  /** What it is called in an option: {@code relay-connections}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads how many there may be of some of them: {@code connections=100,groups=20}.
   *
   * @param text empty: of none
   * @throws IllegalArgumentException with a sentence, if it cannot be read
   */
  public static Map<Quota, Long> parseCounts(String text) {
    Map<Quota, Long> counts = new EnumMap<>(Quota.class);
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = Syntax.COUNT.matcher(each);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is no quota: write WHAT=N, such as connections=100000".formatted(each));
      }
      counts.put(byWord(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
    return counts;
  }

  private static Quota byWord(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no quota \"%s\": there are %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Quota::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** The things that are counted, for a sentence. */
  String plural() {
    return plural;
  }

  /** What gives some back, for a sentence. */
  String remedy() {
    return remedy;
  }

  /** How many one user may have if nobody chose. */
  long perUser() {
    return perUser;
  }

  /** How many a mount may have if nobody chose. */
  long perMount() {
    return perMount;
  }

  /** How many {@link #DESCRIPTORS} each one takes as well. */
  int descriptorsEach() {
    return descriptorsEach;
  }
}
