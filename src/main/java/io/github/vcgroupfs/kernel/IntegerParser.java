package io.github.vcgroupfs.kernel;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Reads the text of a file that holds an integer, as a kernel of that time does. Has no state. */
public enum IntegerParser {
  /**
   * {@code kernel/cgroup.c cgroup_write_X64} of 3.x: white space at the ends is ignored, a number
   * that is too large wraps around, and no digits mean 0.
   */
  SIMPLE_STRTOULL,
  /**
   * {@code kstrtoull}, since kernfs: one newline may follow, no other white space is allowed, and a
   * number that is too large is ERANGE.
   */
  KSTRTOULL;

  /**
   * Reads an integer.
   *
   * @param written the bytes of the write; everything after a NUL is ignored
   * @return the unsigned value
   * @throws ErrnoException EINVAL if it is not an unsigned integer, ERANGE if it needs more than 64
   *     bits
   */
  public long parse(byte[] written) throws ErrnoException {
    String text = KernelText.of(written);
    if (written.length == 0) { // both eras refuse the empty write before they look for digits
      throw invalid(text);
    }
    return switch (this) {
      case SIMPLE_STRTOULL -> simple(KernelText.strip(text));
      case KSTRTOULL -> strict(text);
    };
  }

  /**
   * Reads an integer that may be negative: {@code simple_strtoll}, {@code kstrtoll}.
   *
   * @param written the bytes of the write; everything after a NUL is ignored
   * @throws ErrnoException EINVAL if it is no integer, ERANGE if it needs more than 64 bits with
   *     its sign
   */
  public long parseSigned(byte[] written) throws ErrnoException {
    String text = KernelText.of(written);
    if (written.length == 0) {
      throw noInteger(text);
    }
    return switch (this) {
      case SIMPLE_STRTOULL -> simpleSigned(KernelText.strip(text));
      case KSTRTOULL -> strictSigned(text);
    };
  }

  /** A number that is too large wraps around, and "-" alone is 0. */
  private static long simpleSigned(String text) throws ErrnoException {
    boolean negative = text.startsWith("-");
    Memparse parsed = Memparse.number(text, negative ? 1 : 0);
    if (parsed.end() != text.length()) {
      throw noInteger(text);
    }
    return negative ? -parsed.value() : parsed.value();
  }

  private static long strictSigned(String text) throws ErrnoException {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (negative && digits.startsWith("+")) {
      throw noInteger(text); // a second sign
    }
    long value = strict(digits);
    // the one value whose negation is itself negative still fits: -2^63
    boolean fits = negative ? -value <= 0 : value >= 0;
    if (!fits) {
      throw new ErrnoException(
          Errno.ERANGE,
          "%s does not fit 64 bits with a sign: write -2^63 to 2^63 - 1"
              .formatted(KernelText.strip(text)));
    }
    return negative ? -value : value;
  }

  /**
   * The number that all of a text is, whatever the era; {@code simple_strtoull} in base 0 up to the
   * end. No digits are 0, and a number that is too large wraps around.
   */
  public static OptionalLong whole(String text) {
    Memparse parsed = Memparse.number(text, 0);
    return parsed.end() == text.length() ? OptionalLong.of(parsed.value()) : OptionalLong.empty();
  }

  private static long simple(String text) throws ErrnoException {
    Memparse parsed = Memparse.number(text, 0);
    if (parsed.end() != text.length()) {
      throw invalid(text);
    }
    return parsed.value();
  }

  private static long strict(String text) throws ErrnoException {
    int from = text.startsWith("+") ? 1 : 0;
    Memparse parsed = Memparse.number(text, from);
    if (parsed.end() == from) {
      throw invalid(text);
    }
    // _kstrtoull finds an overflow before it looks at what stands behind the digits
    if (!fits(text.substring(from, parsed.end()))) {
      throw new ErrnoException(
          Errno.ERANGE,
          "%s does not fit 64 bits: write at most 2^64 - 1"
              .formatted(text.substring(from, parsed.end())));
    }
    String rest = text.substring(parsed.end());
    if (!rest.isEmpty() && !rest.equals("\n")) {
      throw invalid(text);
    }
    return parsed.value();
  }

  private static boolean fits(String digits) {
    boolean hex = digits.length() > 1 && (digits.charAt(1) | 0x20) == 'x';
    int base = hex ? 16 : digits.startsWith("0") ? 8 : 10;
    return new BigInteger(hex ? digits.substring(2) : digits, base).bitLength() <= Long.SIZE;
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no unsigned integer: write decimal, 0x hexadecimal or 0 octal digits"
            .formatted(KernelText.strip(text)));
  }

  private static ErrnoException noInteger(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no integer: write decimal, 0x hexadecimal or 0 octal digits, perhaps after a -"
            .formatted(KernelText.strip(text)));
  }
}
