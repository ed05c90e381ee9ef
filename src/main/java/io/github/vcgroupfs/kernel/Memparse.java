package io.github.vcgroupfs.kernel;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number with a suffix as the kernel does: {@code lib/cmdline.c memparse}, which calls
 * {@code simple_strtoull}. A number that is too large wraps around modulo 2<sup>64</sup> without an
 * error, and no digits mean 0.
 *
 * @param value the unsigned result
 * @param end the index of the first character that is not part of the number
 */
record Memparse(long value, int end) {

  /** Reads an unsigned number with automatic base (0x, 0, decimal) at {@code from}. */
  static Memparse number(String text, int from) {
    int base = 10;
    int at = from;
    if (at < text.length() && text.charAt(at) == '0') {
      base = 8;
      // _parse_integer_fixup_radix: 0x counts only with a hexadecimal digit behind it
      if (at + 2 < text.length()
          && (text.charAt(at + 1) | 0x20) == 'x'
          && digit(text.charAt(at + 2), 16) >= 0) {
        base = 16;
        at += 2;
      }
    }
    return digits(text, at, base);
  }

  /**
   * The number that a text is, all of it and without wrapping; null if it is none. {@code
   * _kstrtoull}, which knows no sign but this.
   */
  static @Nullable BigInteger exact(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    Memparse parsed = number(digits, 0);
    if (digits.isEmpty() || parsed.end != digits.length()) {
      return null;
    }
    if (digits.length() > 2 && (digits.charAt(1) | 0x20) == 'x') {
      return new BigInteger(digits.substring(2), 16);
    }
    return new BigInteger(digits, digits.charAt(0) == '0' ? 8 : 10);
  }

  /** Whether all of the text from there on is decimal digits with that value modulo 2^64. */
  static boolean decimalIs(String text, int from, long wanted) {
    Memparse parsed = digits(text, from, 10);
    return parsed.end == text.length() && parsed.value == wanted;
  }

  /** Reads an unsigned decimal number: {@code simple_strtoul} in base 10. */
  static Memparse decimal(String text, int from) {
    return digits(text, from, 10);
  }

  private static Memparse digits(String text, int from, int base) {
    long value = 0;
    int at = from;
    while (at < text.length() && digit(text.charAt(at), base) >= 0) {
      value = value * base + digit(text.charAt(at), base);
      at++;
    }
    return new Memparse(value, at);
  }

  /**
   * Reads a number and one optional suffix letter.
   *
   * @param suffixes the letters the kernel knows in ascending order, each worth 1,024 of the one
   *     before; either case
   */
  static Memparse withSuffix(String text, int from, String suffixes) {
    Memparse number = number(text, from);
    if (number.end < text.length()) {
      int power = suffixes.indexOf(upper(text.charAt(number.end)));
      if (power >= 0) {
        return new Memparse(number.value << (10 * (power + 1)), number.end + 1);
      }
    }
    return number;
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }

  /** ASCII digits only: the kernel knows no others. */
  private static int digit(char c, int base) {
    int value;
    if (c >= '0' && c <= '9') {
      value = c - '0';
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      value = (c | 0x20) - 'a' + 10;
    } else {
      return -1;
    }
    return value < base ? value : -1;
  }
}
