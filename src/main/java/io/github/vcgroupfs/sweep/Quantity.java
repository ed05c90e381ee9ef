package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as scenarios have them: {@code 8}, {@code 64K}, {@code 10M/s}, {@code 20ms}, {@code
 * 0.1%}. Immutable.
 *
 * @param value bytes, bytes a second, seconds, percent, or just a number
 * @param unit which of these
 */
record Quantity(double value, Unit unit) {
  private static final Pattern TEXT =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(K|M|G|us|ms|s|%)?(/s)?");

  /** A number of bytes as a text, which stands for the number in a field that takes one. */
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}[KMG]?");

  private static final Map<String, Long> SIZES =
      Map.of("K", 1L << 10, "M", 1L << 20, "G", 1L << 30);

  private static final Map<String, Double> SECONDS = Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0);

  /** Fields whose plain numbers are bytes. */
  private static final Set<String> BYTES =
      Set.of("limit", "kmem_limit", "memory_limit", "chunk", "read_chunk", "wmem", "rmem");

  private static final String IN_MS = "_ms";
  private static final double MS = 1000;
  private static final double US = 1e6;

  /** What a text says, if it is a number with a unit. */
  static Optional<Quantity> of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(parts.group(1));
    @Nullable String letters = parts.group(2);
    boolean rate = parts.group(3) != null;
    Long size = letters == null ? null : SIZES.get(letters);
    Double seconds = letters == null ? null : SECONDS.get(letters);
    if (size != null || (letters == null && rate)) {
      double bytes = size == null ? number : number * size;
      return Optional.of(new Quantity(bytes, rate ? Unit.BYTES_PER_SECOND : Unit.BYTES));
    }
    if (rate) {
      return Optional.empty();
    }
    if (seconds != null) {
      return Optional.of(new Quantity(number * seconds, Unit.SECONDS));
    }
    return Optional.of(new Quantity(number, letters == null ? Unit.COUNT : Unit.PERCENT));
  }

  /**
   * A value of a field.
   *
   * @param key the field, which says what a plain number is
   * @return nothing if it is no number
   */
  static Optional<Quantity> of(String key, @Nullable Object value) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    if (value instanceof Number number) {
      return Optional.of(plain(last, number.doubleValue()));
    }
    return value instanceof String text
        ? of(text).map(it -> it.unit() == Unit.COUNT ? plain(last, it.value()) : it)
        : Optional.empty();
  }

  private static Quantity plain(String key, double number) {
    if (BYTES.contains(key)) {
      return new Quantity(number, Unit.BYTES);
    }
    if (key.endsWith(IN_MS)) {
      return new Quantity(number / MS, Unit.SECONDS);
    }
    return new Quantity(number, key.equals("seconds") ? Unit.SECONDS : Unit.COUNT);
  }

  /** Whether that field is of bytes, so that it may be written as 64K. */
  static boolean isBytes(String key) {
    return BYTES.contains(key);
  }

  /** Whether it stands for no limit. */
  boolean isUnlimited() {
    return value < 0;
  }

  /** A text as a number of bytes, if it is one; else as it is. */
  static Object withoutLetters(Object value) {
    if (value instanceof String text && SIZE.matcher(text).matches()) {
      Long size = SIZES.get(text.substring(text.length() - 1));
      return size == null
          ? Long.parseLong(text)
          : Long.parseLong(text.substring(0, text.length() - 1)) * size;
    }
    return value;
  }

  /** How it is written in a scenario; whole bytes and whole microseconds. */
  String text() {
    return switch (unit) {
      case BYTES -> size();
      case BYTES_PER_SECOND -> size() + "/s";
      case SECONDS -> time();
      case PERCENT -> digits() + "%";
      case COUNT -> digits();
    };
  }

  private String size() {
    long bytes = Math.round(value);
    String text = Long.toString(bytes);
    long largest = 1;
    for (Map.Entry<String, Long> each : SIZES.entrySet()) {
      long size = each.getValue();
      if (bytes != 0 && size > largest && bytes % size == 0) {
        largest = size;
        text = bytes / size + each.getKey();
      }
    }
    return text;
  }

  private String time() {
    long us = Math.round(value * US);
    if (us % 1_000_000 == 0) {
      return us / 1_000_000 + "s";
    }
    return us % 1000 == 0 ? us / 1000 + "ms" : us + "us";
  }

  private String digits() {
    return BigDecimal.valueOf(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
