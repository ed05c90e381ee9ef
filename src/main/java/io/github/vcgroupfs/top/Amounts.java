package io.github.vcgroupfs.top;

import java.util.Locale;

/** Numbers as people read them, in at most five characters where that is possible. Has no state. */
final class Amounts {
  private static final int KILO = 1024;
  private static final String[] UNITS = {"", "K", "M", "G", "T", "P", "E"};
  private static final String[] THOUSANDS = {"", "k", "m", "g", "t", "p", "e"};

  /** From here on a count is shortened. */
  private static final double LONG_COUNT = 100_000;

  private Amounts() {}

  /** Bytes in units of 1024ⁿ: {@code 4K}, {@code 1.5M}. */
  static String bytes(double bytes) {
    return scaled(bytes, KILO, KILO, UNITS);
  }

  /** A count, exact up to five digits: {@code 99999}, {@code 123k}. */
  static String count(double count) {
    return scaled(count, 1000, LONG_COUNT, THOUSANDS);
  }

  /** How often a second: below ten with a digit behind the point, for rare things count too. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 10 ? oneDigit(perSecond) : count(perSecond);
  }

  /** A share of one, in percent. More than 999 % is no use to anybody. */
  static String percent(double share) {
    return Math.min(999, Math.round(share * 100)) + "%";
  }

  private static String scaled(double amount, int step, double longest, String[] units) {
    if (Math.abs(amount) < longest) {
      return Long.toString(Math.round(amount));
    }
    double left = amount;
    int unit = 0;
    // 0.5 below, since it is rounded: 1023.7 is not 1024K but 1M
    while (Math.abs(left) >= step - 0.5 && unit < units.length - 1) {
      left /= step;
      unit++;
    }
    boolean whole = left == Math.rint(left);
    return (whole || Math.abs(left) >= 10 ? Long.toString(Math.round(left)) : oneDigit(left))
        + units[unit];
  }

  private static String oneDigit(double amount) {
    String text = String.format(Locale.ROOT, "%.1f", amount);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
