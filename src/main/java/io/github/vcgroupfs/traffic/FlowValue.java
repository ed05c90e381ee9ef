package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a key of a flow takes: how it is read, and how it is written. Has no state.
 *
 * @param <T> what comes of it
 */
interface FlowValue<T> {
  /**
   * Reads a value.
   *
   * @throws ErrnoException EINVAL, with the range
   */
  T parse(String key, String text) throws ErrnoException;

  /** A value as it can be written. */
  String text(T value);

  /** A value that can be left out, by a word. */
  private static boolean isWord(String text, String word) {
    return text.equals(word);
  }

  /** A number of bytes or of things. */
  static FlowValue<Integer> number(int least, int most) {
    return new FlowValue<>() {
      @Override
      public Integer parse(String key, String text) throws ErrnoException {
        return (int) CommandWords.number(key, text, least, most, "");
      }

      @Override
      public String text(Integer value) {
        return value.toString();
      }
    };
  }

  /** A number of bytes, or a word that stands for another number. */
  static FlowValue<Integer> number(int least, int most, String word, int meaning) {
    return new FlowValue<>() {
      @Override
      public Integer parse(String key, String text) throws ErrnoException {
        return isWord(text, word)
            ? meaning
            : (int) CommandWords.number(key, text, least, most, ", or " + word);
      }

      @Override
      public String text(Integer value) {
        return value == meaning ? word : value.toString();
      }
    };
  }

  /** 0 or 1. */
  static FlowValue<Boolean> flag() {
    return new FlowValue<>() {
      @Override
      public Boolean parse(String key, String text) throws ErrnoException {
        return CommandWords.number(key, text, 0, 1, "") == 1;
      }

      @Override
      public String text(Boolean value) {
        return value ? "1" : "0";
      }
    };
  }

  /** A time of up to ten seconds, in nanoseconds. */
  static FlowValue<Long> time() {
    return new FlowValue<>() {
      @Override
      public Long parse(String key, String text) throws ErrnoException {
        return FlowSizes.timeNs(key, text);
      }

      @Override
      public String text(Long value) {
        return FlowSizes.timeText(value);
      }
    };
  }

  /** A part of a whole: 0.5%. */
  static FlowValue<Double> percent() {
    return new FlowValue<>() {
      @Override
      public Double parse(String key, String text) throws ErrnoException {
        if (text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?%") || text.equals("0")) {
          BigDecimal percent = new BigDecimal(text.replace("%", ""));
          if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
            return percent.movePointLeft(2).doubleValue();
          }
        }
        throw CommandWords.invalid(
            key + "=" + text + " is no share of all packets",
            "write 0% to 100%, with at most four digits after the point: 0.5%");
      }

      @Override
      public String text(Double value) {
        BigDecimal percent = BigDecimal.valueOf(value).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + "%";
      }
    };
  }

  /** Bytes a second. */
  static FlowValue<Rate> rate() {
    return new FlowValue<>() {
      @Override
      public Rate parse(String key, String text) throws ErrnoException {
        if (isWord(text, "max")) {
          return new Rate(Rate.MAX, text);
        }
        String size = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        return new Rate(CommandWords.number(key, size, 0, 1L << 50, ", or max"), text);
      }

      @Override
      public String text(Rate value) {
        return value.text();
      }
    };
  }

  /** Where the other ends are. */
  static FlowValue<Peer> peer() {
    return new FlowValue<>() {
      @Override
      public Peer parse(String key, String text) throws ErrnoException {
        if (text.isEmpty() || text.contains("//") || text.contains("..")) {
          throw CommandWords.invalid(
              key + "=" + text + " is no group",
              "write same, outside, or the path of a group below the mount, such as web/front");
        }
        return new Peer(text);
      }

      @Override
      public String text(Peer value) {
        return value.text();
      }
    };
  }

  /** A size, or sizes drawn from a distribution. */
  static FlowValue<Distribution> sizes(long least, long most) {
    return new FlowSizes(FlowSizes.Unit.BYTES, least, most, "");
  }

  /** The same; {@code max} means that there is no end. */
  static FlowValue<Distribution> sizesOrMax(long least, long most) {
    return new FlowSizes(FlowSizes.Unit.BYTES, least, most, "max");
  }

  /** The same, or a word that stands for none. */
  static FlowValue<Distribution> sizesOr(long least, long most, String word) {
    return new OrWord(new FlowSizes(FlowSizes.Unit.BYTES, least, most, ""), word);
  }

  /** A time of up to an hour, or times drawn from a distribution; nanoseconds. */
  static FlowValue<Distribution> longTimes() {
    return new FlowSizes(FlowSizes.Unit.TIME, 0, TimeUnit.HOURS.toNanos(1), "");
  }

  /** One of a few words. */
  static <E extends Enum<E>> FlowValue<E> word(Class<E> words) {
    return new FlowValue<>() {
      @Override
      public E parse(String key, String text) throws ErrnoException {
        List<String> known = new ArrayList<>();
        for (E each : words.getEnumConstants()) {
          if (text(each).equals(text)) {
            return each;
          }
          known.add(text(each));
        }
        throw CommandWords.invalid(
            key + "=" + text + " is not known", "write one of " + String.join(", ", known));
      }

      @Override
      public String text(E value) {
        return value.name().toLowerCase(Locale.ROOT);
      }
    };
  }

  /** A time, or times drawn from a distribution; nanoseconds. */
  static FlowValue<Distribution> times() {
    return new FlowSizes(FlowSizes.Unit.TIME, 0, TimeUnit.SECONDS.toNanos(10), "");
  }
}
