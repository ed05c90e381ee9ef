package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size or a time of a flow: one value, or a {@link Distribution}. Immutable.
 *
 * @param unit what it is
 * @param least the smallest, bytes or nanoseconds; drawn values are raised to it
 * @param most the largest; drawn values are cut to it
 * @param endless the word for no end, or empty if there is none
 */
record FlowSizes(Unit unit, long least, long most, String endless)
    implements FlowValue<Distribution> {
  private static final Pattern SHAPE = Pattern.compile("([a-z]+)\\(([^(),]+)(?:,([^(),]+))?\\)");
  private static final long MAX_TIME_NS = TimeUnit.SECONDS.toNanos(10);

  /** What a value is. */
  enum Unit {
    BYTES("uniform(1K,64K), exp(16K), lognormal(8K,1.5) or pareto(1K,1.2)"),
    TIME("uniform(1ms,20ms), exp(5ms), lognormal(5ms,1.5) or pareto(1ms,1.2)");

    private final String shapes;

    Unit(String shapes) {
      this.shapes = shapes;
    }
  }

  @Override
  public Distribution parse(String key, String text) throws ErrnoException {
    if (!endless.isEmpty() && text.equals(endless)) {
      return Distribution.fixed(Transfer.ENDLESS);
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Distribution.fixed(value(key, text));
    }
    Distribution.Shape shape = shape(key, text, matcher.group(1), matcher.group(3) != null);
    long first = value(key, matcher.group(2));
    if (first == 0 && shape != Distribution.Shape.UNIFORM) {
      throw wrong(key, text, "its first number must be above 0");
    }
    double second =
        switch (shape) {
          case FIXED, EXP -> 0;
          case UNIFORM -> value(key, matcher.group(3));
          case LOGNORMAL -> number(key, text, matcher.group(3), 5);
          case PARETO -> number(key, text, matcher.group(3), 100);
        };
    if (shape == Distribution.Shape.UNIFORM && second < first) {
      throw wrong(key, text, "its second number must not be below the first");
    }
    return new Distribution(shape, first, second, least, most, text);
  }

  private Distribution.Shape shape(String key, String text, String word, boolean two)
      throws ErrnoException {
    for (Distribution.Shape shape : Distribution.Shape.values()) {
      boolean takesTwo = shape != Distribution.Shape.EXP;
      if (shape != Distribution.Shape.FIXED
          && shape.name().toLowerCase(Locale.ROOT).equals(word)
          && two == takesTwo) {
        return shape;
      }
    }
    throw CommandWords.invalid(key + "=" + text + " is no distribution", "write " + unit.shapes);
  }

  private static double number(String key, String text, String word, int most)
      throws ErrnoException {
    if (word.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
      double number = Double.parseDouble(word);
      if (number > 0 && number <= most) {
        return number;
      }
    }
    throw wrong(key, text, "its second number must be above 0 and at most " + most);
  }

  private static ErrnoException wrong(String key, String text, String remedy) {
    return CommandWords.invalid(key + "=" + text + " cannot be drawn from", remedy);
  }

  private long value(String key, String text) throws ErrnoException {
    String or = (endless.isEmpty() ? "" : ", or " + endless) + ", or " + unit.shapes;
    return switch (unit) {
      case BYTES -> CommandWords.number(key, text, least, most, or);
      case TIME ->
          CommandWords.durationNs(key, text, TimeUnit.MICROSECONDS, least, most, aTime(most) + or);
    };
  }

  @Override
  public String text(Distribution value) {
    if (!value.isFixed()) {
      return value.text();
    }
    if (value.least() == Transfer.ENDLESS) {
      return endless;
    }
    return unit == Unit.BYTES ? Long.toString(value.least()) : timeText(value.least());
  }

  /** A time of up to ten seconds. */
  static long timeNs(String key, String text) throws ErrnoException {
    return CommandWords.durationNs(
        key, text, TimeUnit.MICROSECONDS, 0, MAX_TIME_NS, aTime(MAX_TIME_NS));
  }

  private static String aTime(long mostNs) {
    return "write 0 to %ds, with us, ms or s: 20ms"
        .formatted(TimeUnit.NANOSECONDS.toSeconds(mostNs));
  }

  /** A time as it can be written. */
  static String timeText(long ns) {
    if (ns == 0) {
      return "0";
    }
    return ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns / 1_000 + "us";
  }
}
