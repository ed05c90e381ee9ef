package io.github.vcgroupfs.kernel;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of a write, as the kernel reads them: up to the first NUL, one char for each byte. Has
 * no state.
 */
public final class KernelText {
  private KernelText() {}

  /** The text that was written: everything before the first NUL byte. */
  public static String of(byte[] written) {
    int end = 0;
    while (end < written.length && written[end] != 0) {
      end++;
    }
    return new String(written, 0, end, StandardCharsets.ISO_8859_1);
  }

  /**
   * The text without white space at both ends: {@code strstrip}, which asks {@code isspace}. Its
   * table ({@code lib/ctype.c}) has the six white-space characters of ASCII and the no-break space
   * 0xa0.
   */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Whether the kernel takes a character for white space: {@code isspace}. */
  public static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
  }
}
