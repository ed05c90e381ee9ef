package io.github.vcgroupfs.whatif;

import java.util.Locale;

/** Numbers as people say them. */
final class Words {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Words() {}

  /** 262144 is "256 KiB", 1500000 is "1.43 MiB". */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return threeDigits(value) + " " + UNITS[unit];
  }

  /** 1234 is "1.23 s", 40.1 is "40 ms". */
  static String time(double ms) {
    if (ms >= 1000) {
      return threeDigits(ms / 1000) + " s";
    }
    return (ms < 1 ? threeDigits(ms) : String.valueOf(Math.round(ms))) + " ms";
  }

  /** "1 send", "3 sends". */
  static String count(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }

  private static String threeDigits(double value) {
    int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return digits == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
