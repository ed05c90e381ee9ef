package io.github.vcgroupfs.top;

/** Lines as a terminal takes them. Has no state. */
final class Ansi {
  private static final String CSI = "\033[";
  private static final String ERASE_TO_END = CSI + "K";
  private static final String RESET = CSI + "m";

  private Ansi() {}

  /** A line for a row of the screen, counted from 0: goes there, and leaves nothing of the old. */
  static String atRow(Line line, int row, Theme theme) {
    StringBuilder out = new StringBuilder(moveTo(row, 0));
    boolean certain = true; // where the terminal is
    int cell = 0;
    out.append(ERASE_TO_END); // not at the end: behind the last cell that would erase this cell
    for (Line.Span each : line.spans()) {
      if (!certain && cell == line.anchor()) {
        out.append(moveTo(row, cell));
        certain = true;
      }
      append(out, each, theme);
      cell += CellText.width(each.text());
      certain &= CellText.isAscii(each.text());
    }
    return out.toString();
  }

  /** A line that just follows what is there. */
  static String plain(Line line, Theme theme) {
    StringBuilder out = new StringBuilder();
    line.spans().forEach(each -> append(out, each, theme));
    return out.toString().stripTrailing();
  }

  private static void append(StringBuilder out, Line.Span span, Theme theme) {
    if (span.text().isEmpty()) {
      return;
    }
    String parameters = theme.parameters(span.part(), span.selected());
    if (parameters.isEmpty()) {
      out.append(span.text());
    } else {
      out.append(CSI).append(parameters).append('m').append(span.text()).append(RESET);
    }
  }

  private static String moveTo(int row, int cell) {
    return CSI + (row + 1) + ";" + (cell + 1) + "H";
  }
}
