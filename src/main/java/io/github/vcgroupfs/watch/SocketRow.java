package io.github.vcgroupfs.watch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code sim.tcp.sockets}. Immutable.
 *
 * @param state {@code ESTAB}
 * @param receiveQueue bytes that wait for the reader
 * @param sendQueue bytes that the peer has not acknowledged
 * @param local the name of this end
 * @param peer the name of the other end
 * @param numbers what stands behind them, by name: {@code skmem.r}, {@code window}, {@code
 *     pressure} and so on
 * @param relayed whether it is an end of a real connection; else it is simulated
 */
public record SocketRow(
    String state,
    long receiveQueue,
    long sendQueue,
    String local,
    String peer,
    Map<String, Long> numbers,
    boolean relayed) {
  private static final int FIXED_WORDS = 5;
  private static final String SKMEM = "skmem:(";
  private static final Pattern SKMEM_PART = Pattern.compile("([a-z]+)([0-9]+)");
  private static final Pattern NUMBER = Pattern.compile("([a-z_]+):([0-9]+)");

  static SocketRow parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < FIXED_WORDS) {
      throw new IllegalArgumentException("no line of a socket: \"" + line + '"');
    }
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (int i = FIXED_WORDS; i < words.length; i++) {
      if (words[i].startsWith(SKMEM)) {
        Matcher part = SKMEM_PART.matcher(words[i].substring(SKMEM.length()));
        while (part.find()) {
          numbers.put("skmem." + part.group(1), Long.parseLong(part.group(2)));
        }
      } else {
        Matcher number = NUMBER.matcher(words[i]);
        if (number.matches()) {
          numbers.put(number.group(1), Long.parseLong(number.group(2)));
        }
      }
    }
    return new SocketRow(
        words[0],
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        words[3],
        words[4],
        numbers,
        line.endsWith(" relayed"));
  }

  /** A number by its name; empty if the line does not have it. */
  public OptionalLong number(String name) {
    Long found = numbers.get(name);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** The window that is offered, if it is simulated. */
  public OptionalLong window() {
    return number("window");
  }

  /** Whether it is under memory pressure. */
  public boolean underPressure() {
    return number("pressure").orElse(0) != 0;
  }

  /** Whether it is charged to its group. */
  public boolean isAccounted() {
    return number("accounted").orElse(0) != 0;
  }
}
