package io.github.vcgroupfs.plot;

/**
 * How wide a text is, about: whoever shows an SVG file has fonts of his own. The widths are those
 * of a wide font, so that texts do not run into each other with any usual one.
 */
final class TextWidth {
  private static final String NARROW = "iIjl.,:;'|!()[]/ ";
  private static final String MIDDLE = "frt-\"";
  private static final String WIDE = "mwMW%@—…";

  private TextWidth() {}

  /** Of letters of that size, pixels. */
  static double of(String text, double size, boolean bold) {
    double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
    return ems * size * (bold ? 1.1 : 1);
  }

  private static double ems(int letter) {
    if (NARROW.indexOf(letter) >= 0) {
      return 0.34;
    }
    if (MIDDLE.indexOf(letter) >= 0) {
      return 0.4;
    }
    if (WIDE.indexOf(letter) >= 0) {
      return 0.95;
    }
    return letter < 0x2000 ? 0.63 : 1;
  }

  /** A text, cut so that it is no wider than that. */
  static String cut(String text, double size, double most) {
    if (of(text, size, false) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 1 && of(text.substring(0, end) + "…", size, false) > most) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
