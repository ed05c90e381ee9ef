package io.github.vcgroupfs.kernel;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second opinion on kernel-facts.md, byte limits, and kernel-facts.md, whole numbers, written
 * with regular expressions and {@link BigInteger} so that it shares nothing with the parsers under
 * test. {@code null} means EINVAL.
 */
final class ReferenceParser {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger PAGE = BigInteger.valueOf(4096);
  private static final BigInteger RESOURCE_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger PAGE_COUNTER_MAX = RESOURCE_MAX.divide(PAGE);
  private static final String BLANKS = "[\\t\\n\\u000b\\f\\r \\u00a0]*";
  private static final String NUMBER = "(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*|)";

  private ReferenceParser() {}

  /** The bytes that a res_counter limit file shows after the write. */
  static BigInteger resBytes(String written) {
    String text = trimmed(written);
    Matcher minus = Pattern.compile("-([0-9]+)").matcher(text);
    if (minus.matches()) {
      return new BigInteger(minus.group(1)).mod(TWO_64).equals(BigInteger.ONE)
          ? RESOURCE_MAX
          : null;
    }
    BigInteger bytes = number(text, "kmg");
    return bytes == null
        ? null
        : bytes.add(PAGE).subtract(BigInteger.ONE).divide(PAGE).multiply(PAGE).mod(TWO_64);
  }

  /** The pages that a page_counter limit holds after the write. */
  static BigInteger pages(String written) {
    String text = trimmed(written);
    if (text.equals("-1")) {
      return PAGE_COUNTER_MAX;
    }
    BigInteger bytes = number(text, "kmgtpe");
    return bytes == null ? null : bytes.divide(PAGE).min(PAGE_COUNTER_MAX);
  }

  /** An integer of 3.x, modulo 2^64. */
  static BigInteger simple(String written) {
    return number(trimmed(written), "");
  }

  private static BigInteger number(String text, String suffixes) {
    String suffix =
        suffixes.isEmpty() ? "()" : "([" + suffixes + suffixes.toUpperCase(Locale.ROOT) + "]?)";
    Matcher all = Pattern.compile(NUMBER + suffix).matcher(text);
    if (!all.matches()) {
      return null;
    }
    BigInteger value = BigInteger.ZERO;
    String digits = all.group(1);
    if (digits.matches("0[xX].+")) {
      value = new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0")) {
      value = new BigInteger(digits, 8);
    } else if (!digits.isEmpty()) {
      value = new BigInteger(digits);
    }
    int power =
        all.group(2).isEmpty() ? 0 : 1 + suffixes.indexOf(all.group(2).toLowerCase(Locale.ROOT));
    return value.mod(TWO_64).shiftLeft(10 * power).mod(TWO_64);
  }

  private static String trimmed(String written) {
    int nul = written.indexOf('\0');
    String text = nul < 0 ? written : written.substring(0, nul);
    return text.replaceAll("^" + BLANKS, "").replaceAll(BLANKS + "$", "");
  }
}
