package io.github.vcgroupfs.kernel;

/**
 * Makes names that others chose fit for a line of a log and for a terminal. A group may be named
 * with a newline, which would forge a line, or with an escape sequence, which a terminal obeys. Has
 * no state.
 *
 * <p>Texts have one char for each byte, and the bytes mean UTF-8. So a byte from 0x80 to 0x9f is a
 * control character only where no other byte needs it.
 */
public final class Printable {
  /** The bytes of UTF-8 that begin a character of two, three and four bytes. */
  private static final int LEAD_OF_TWO = 0xc2;

  private static final int LEAD_OF_THREE = 0xe0;
  private static final int LEAD_OF_FOUR = 0xf0;
  private static final int LAST_LEAD = 0xf4;

  private static final int DELETE = 0x7f;
  private static final int FIRST_C1 = 0x80;
  private static final int LAST_C1 = 0x9f;

  private Printable() {}

  /** The same with control characters and backslashes escaped, so that it can be read back. */
  public static String escaped(String text) {
    return replaced(text, true);
  }

  /** The same with a question mark for each control character. */
  public static String masked(String text) {
    return replaced(text, false);
  }

  private static String replaced(String text, boolean escaping) {
    StringBuilder out = null;
    int expected = 0; // bytes that the character begun still needs
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean needed = expected > 0 && c >= FIRST_C1 && c < 0xc0;
      boolean bad = isControl(text, i, needed) || (escaping && c == '\\');
      expected = needed ? expected - 1 : following(c);
      if (bad && out == null) {
        out = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (out != null) {
        if (bad && escaping) {
          escape(out, c);
        } else {
          out.append(bad ? '?' : c);
        }
      }
    }
    return out == null ? text : out.toString();
  }

  /**
   * The same of a text that Java has decoded, with the control characters escaped, but for newlines
   * if they are wanted.
   */
  public static String escapedCharacters(String text, boolean keepNewlines) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = c == '\n' && keepNewlines;
      if (!kept && Character.isISOControl(c)) {
        escape(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isControl(String text, int at, boolean needed) {
    char c = text.charAt(at);
    if (c < ' ' || c == DELETE) {
      return true;
    }
    if (isC1(c)) {
      // two bytes may also stand for one of those: CSI is c2 9b
      return !needed || text.charAt(at - 1) == LEAD_OF_TWO;
    }
    return c == LEAD_OF_TWO && at + 1 < text.length() && isC1(text.charAt(at + 1));
  }

  private static boolean isC1(char c) {
    return c >= FIRST_C1 && c <= LAST_C1;
  }

  private static int following(char lead) {
    if (lead < LEAD_OF_TWO || lead > LAST_LEAD) {
      return 0;
    }
    return lead < LEAD_OF_THREE ? 1 : lead < LEAD_OF_FOUR ? 2 : 3;
  }

  private static void escape(StringBuilder out, char c) {
    if (c == '\n') {
      out.append("\\n");
    } else if (c == '\\') {
      out.append("\\\\");
    } else {
      out.append("\\x%02x".formatted((int) c));
    }
  }
}
