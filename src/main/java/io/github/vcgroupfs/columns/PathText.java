package io.github.vcgroupfs.columns;

import java.nio.charset.StandardCharsets;

/**
 * Paths of groups as they stand in tables: names of any bytes become text that is valid UTF-8 and
 * has no control characters, and can be turned back. Control characters, backslashes and bytes that
 * are no UTF-8 become {@code \xNN}. So such a path may be shown on a terminal and on a page, and be
 * a field between tabs. Has no state.
 */
public final class PathText {
  private static final char ESCAPE = '\\';
  private static final int ESCAPE_CHARS = 4;
  private static final int HEX = 16;
  private static final int DELETE = 0x7f;
  private static final int FIRST_OF_TWO = 0xc2;
  private static final int LAST_C1 = 0x9f;

  private PathText() {}

  /** The text for a name or path that has one char for each byte; so has the result. */
  public static String escaped(String bytes) {
    if (isPlain(bytes)) {
      return bytes;
    }
    StringBuilder out = new StringBuilder(bytes.length() + 8);
    int at = 0;
    while (at < bytes.length()) {
      int length = characterAt(bytes, at);
      if (length == 0) {
        out.append("\\x%02x".formatted((int) bytes.charAt(at)));
        at++;
      } else {
        out.append(bytes, at, at + length);
        at += length;
      }
    }
    return out.toString();
  }

  /** The same as text of Java. */
  public static String text(String bytes) {
    String escaped = escaped(bytes);
    return new String(escaped.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * The name or path that a text of Java stands for, with one char for each byte. What is no escape
   * stands for itself.
   */
  public static String bytes(String text) {
    String escaped = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    if (escaped.indexOf(ESCAPE) < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder(escaped.length());
    int at = 0;
    while (at < escaped.length()) {
      int value = escapeAt(escaped, at);
      out.append(value < 0 ? escaped.charAt(at) : (char) value);
      at += value < 0 ? 1 : ESCAPE_CHARS;
    }
    return out.toString();
  }

  private static int escapeAt(String text, int at) {
    if (text.charAt(at) != ESCAPE
        || at + ESCAPE_CHARS > text.length()
        || text.charAt(at + 1) != 'x') {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 2), HEX);
    int low = Character.digit(text.charAt(at + 3), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }

  private static boolean isPlain(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c < ' ' || c >= DELETE || c == ESCAPE) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes the character has that begins there; 0 if what is there must be escaped. */
  private static int characterAt(String bytes, int at) {
    int lead = bytes.charAt(at);
    if (lead < DELETE) {
      return lead < ' ' || lead == ESCAPE ? 0 : 1;
    }
    int length = lead < FIRST_OF_TWO ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes.charAt(at + i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes.charAt(at + 1);
    boolean wrong =
        (lead == FIRST_OF_TWO && second <= LAST_C1) // a control character
            || (lead == 0xe0 && second < 0xa0) // too long a form
            || (lead == 0xed && second > LAST_C1) // half of a pair
            || (lead == 0xf0 && second < 0x90)
            || (lead == 0xf4 && second > 0x8f); // beyond the last character
    return wrong ? 0 : length;
  }
}
