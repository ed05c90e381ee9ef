package io.github.vcgroupfs.plot;

import java.util.Locale;

/** What numbers are, and how people read them. */
public enum Unit {
  /** Bytes: KiB, MiB. */
  BYTES("", true),
  /** Bytes in a second. */
  BYTES_PER_SECOND("/s", true),
  /** Things that are counted. */
  COUNT("", false),
  /** Times. */
  SECONDS("", false),
  /** Shares of a hundred. */
  PERCENT("", false);

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private final String ending;
  private final boolean binary;

  Unit(String ending, boolean binary) {
    this.ending = ending;
    this.binary = binary;
  }

  boolean isBinary() {
    return binary;
  }

  /** A number with its unit: at most three digits, if it is of bytes. */
  public String text(double value) {
    if (this == SECONDS) {
      return time(value * 1000);
    }
    if (this == PERCENT) {
      return percent(value);
    }
    if (value == 0) {
      return "0";
    }
    if (!binary && value < 1) {
      return digits(value);
    }
    if (!binary) {
      return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', '\u202f');
    }
    int power = 0;
    double left = value;
    while (left >= 1023.5 && power < BINARY.length - 1) {
      left /= 1024;
      power++;
    }
    return digits(left) + " " + BINARY[power] + ending;
  }

  private static String percent(double value) {
    boolean small = value > 0 && value < 0.1;
    return (small ? String.format(Locale.ROOT, "%.1g", value) : digits(value)) + " %";
  }

  /** A number for programs. */
  String number(double value) {
    boolean whole = binary || (this == COUNT && value >= 1);
    return whole ? Long.toString(Math.round(value)) : digits(value);
  }

  /** A time, as seconds or, if it is short, milliseconds. */
  static String time(double ms) {
    if (ms == 0) {
      return "0 s";
    }
    return ms < 100 ? digits(ms) + " ms" : digits(ms / 1000) + " s";
  }

  /** Three digits of a number, and no zeros at the end of a fraction. */
  static String digits(double value) {
    String text =
        String.format(
            Locale.ROOT, value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
