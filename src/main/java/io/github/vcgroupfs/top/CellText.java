package io.github.vcgroupfs.top;

import org.jline.utils.WCWidth;

/**
 * Text in the cells of a terminal. A group's name may hold anything but a slash and a NUL: an
 * escape sequence, which a terminal obeys; signs that are two cells wide, or none; signs that turn
 * the direction of a line around. What is made here has none of these surprises: its width is
 * known, and every terminal agrees on it, as far as terminals agree on anything. Has no state.
 */
final class CellText {
  /** Accents on one letter: some scripts need two; a hundred climb over the lines above. */
  private static final int MOST_MARKS = 3;

  private CellText() {}

  /** The same with everything escaped that is no plain sign. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int marks = MOST_MARKS; // a mark needs a letter before it
    for (int i = 0; i < text.length(); ) {
      int sign = text.codePointAt(i);
      i += Character.charCount(sign);
      int width = isPlain(sign) ? WCWidth.wcwidth(sign) : -1;
      marks = width == 0 ? marks + 1 : width > 0 ? 0 : MOST_MARKS;
      if (width < 0 || (width == 0 && marks > MOST_MARKS)) {
        escape(out, sign);
      } else {
        out.appendCodePoint(sign);
      }
    }
    return out.toString();
  }

  /** Cells that a printable text takes. */
  static int width(String printable) {
    if (isAscii(printable)) {
      return printable.length();
    }
    return printable.codePoints().map(sign -> Math.max(0, WCWidth.wcwidth(sign))).sum();
  }

  /** Whether every terminal takes it for as many cells as it has characters. */
  static boolean isAscii(CharSequence text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /**
   * The text in just so many cells: cut at its end if it is too long, filled with spaces if not.
   */
  static String left(String printable, int cells, String ellipsis) {
    String cut = cut(printable, cells, ellipsis);
    return cut + " ".repeat(Math.max(0, cells - width(cut)));
  }

  /** Likewise, with the spaces before it. */
  static String right(String printable, int cells, String ellipsis) {
    String cut = cut(printable, cells, ellipsis);
    return " ".repeat(Math.max(0, cells - width(cut))) + cut;
  }

  /** A text that is too long loses its end. */
  static String cut(String printable, int cells, String ellipsis) {
    if (width(printable) <= cells) {
      return printable;
    }
    int end = 0;
    int taken = width(ellipsis);
    while (end < printable.length()) {
      int sign = printable.codePointAt(end);
      taken += Math.max(0, WCWidth.wcwidth(sign));
      if (taken > cells) {
        break;
      }
      end += Character.charCount(sign);
    }
    return cells < width(ellipsis) ? "" : printable.substring(0, end) + ellipsis;
  }

  /** A text that is too long loses its beginning: the end of a path tells more. */
  static String cutBefore(String printable, int cells, String ellipsis) {
    if (width(printable) <= cells) {
      return printable;
    }
    int start = printable.length();
    int taken = width(ellipsis);
    while (start > 0) {
      int sign = printable.codePointBefore(start);
      taken += Math.max(0, WCWidth.wcwidth(sign));
      if (taken > cells) {
        break;
      }
      start -= Character.charCount(sign);
    }
    return cells < width(ellipsis) ? "" : ellipsis + printable.substring(start);
  }

  /** A sign that stands for itself, of a width that does not depend on its neighbours. */
  private static boolean isPlain(int sign) {
    int type = Character.getType(sign);
    boolean odd =
        type == Character.CONTROL
            || type == Character.FORMAT // direction, joiners, tags
            || type == Character.SURROGATE
            || type == Character.UNASSIGNED
            || type == Character.PRIVATE_USE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    return !odd && !isSelector(sign) && !isFlagLetter(sign);
  }

  /** Variation selectors make some signs wider, in some terminals. */
  private static boolean isSelector(int sign) {
    return (sign >= 0xfe00 && sign <= 0xfe0f) || (sign >= 0xe0100 && sign <= 0xe01ef);
  }

  /** Two of these are a flag, in some terminals. */
  private static boolean isFlagLetter(int sign) {
    return sign >= 0x1f1e6 && sign <= 0x1f1ff;
  }

  private static void escape(StringBuilder out, int sign) {
    if (sign == '\n') {
      out.append("\\n");
    } else if (sign == '\t') {
      out.append("\\t");
    } else if (sign <= 0xff) {
      out.append("\\x%02x".formatted(sign));
    } else {
      out.append("\\u{%x}".formatted(sign));
    }
  }
}
