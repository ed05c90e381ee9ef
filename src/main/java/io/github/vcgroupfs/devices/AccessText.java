package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;

/**
 * Reads what is written to {@code devices.allow} and {@code devices.deny}: {@code
 * devcgroup_update_access}. One object reads one text. Not thread-safe.
 *
 * <p>Oddities of the kernel: after {@code a} anything may stand; behind three letters of access,
 * too; the same letter may come again; between the parts stands exactly one white space.
 */
final class AccessText {
  private static final int MAX_LETTERS = 3;

  private static final String LETTERS = "rwm";
  private static final int[] BITS = {ExceptionItem.READ, ExceptionItem.WRITE, ExceptionItem.MKNOD};

  /** So many digits are taken, and then something else must come. */
  private static final int MAX_DIGITS = 11;

  private static final long MAX_U32 = 0xffff_ffffL;

  private final String text;
  private final boolean wraps;
  private int at;

  private AccessText(String text, boolean wraps) {
    this.text = text;
    this.wraps = wraps;
  }

  /**
   * Reads a text.
   *
   * @param wraps whether a number that is too large wraps around, as before 3.7 ({@code
   *     simple_strtoul}); else it is refused
   * @return {@link ExceptionItem#ALL} if it begins with {@code a}
   * @throws ErrnoException EINVAL if it is no such text
   */
  static ExceptionItem parse(byte[] written, boolean wraps) throws ErrnoException {
    return new AccessText(KernelText.strip(KernelText.of(written)), wraps).item();
  }

  private ExceptionItem item() throws ErrnoException {
    char letter = next();
    if (letter == 'a') {
      return ExceptionItem.ALL;
    }
    require(letter == 'b' || letter == 'c');
    ExceptionItem.Type type = letter == 'b' ? ExceptionItem.Type.BLOCK : ExceptionItem.Type.CHAR;
    require(KernelText.isSpace(next()));
    int major = number();
    require(next() == ':');
    int minor = number();
    require(KernelText.isSpace(next()));
    return new ExceptionItem(type, major, minor, access());
  }

  private int number() throws ErrnoException {
    if (peek() == '*') {
      at++;
      return ExceptionItem.ANY;
    }
    require(isDigit(peek()));
    long value = 0;
    for (int digits = 0; isDigit(peek()) && (wraps || digits < MAX_DIGITS); digits++) {
      value = value * 10 + (next() - '0');
    }
    require(wraps || value <= MAX_U32);
    return (int) value;
  }

  private int access() throws ErrnoException {
    int access = 0;
    for (int letters = 0; letters < MAX_LETTERS; letters++) {
      char letter = next();
      if (letter == '\n' || letter == '\0') {
        break;
      }
      int bit = LETTERS.indexOf(letter);
      require(bit >= 0);
      access |= BITS[bit];
    }
    return access;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void require(boolean right) throws ErrnoException {
    if (!right) {
      throw invalid();
    }
  }

  private ErrnoException invalid() {
    return new ErrnoException(
        Errno.EINVAL,
        ("\"%s\" names no devices: write a for all, or c or b, then MAJOR:MINOR (each a number or *),"
                + " then letters of rwm, with one blank between")
            .formatted(text));
  }
}
