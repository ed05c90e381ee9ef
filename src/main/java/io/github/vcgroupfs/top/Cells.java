package io.github.vcgroupfs.top;

import io.github.vcgroupfs.watch.GroupSample;
import java.util.OptionalDouble;

/** What stands in a cell of the table: a number as a text, and how it looks. Has no state. */
final class Cells {
  /** Shares of a limit from which on it is time to look. */
  private static final double WARM = 0.75;

  private static final double HOT = 0.95;

  /** The percentage behind a bar, with a space. */
  private static final int PERCENT_CELLS = 5;

  private static final String UNKNOWN = "?";
  private static final String NOT_YET = "-";
  private static final String UNLIMITED = "none";

  private Cells() {}

  /** Adds the cell of a field, in just so many cells. */
  static void add(Line.Builder line, Field field, GroupSample group, Frame frame, Pen pen) {
    int cells = pen.cells();
    OptionalDouble value = frame.value(field, group);
    if (!frame.source().isKnown(field)) {
      line.add(Theme.Part.DIM, right(UNKNOWN, cells));
    } else if (value.isEmpty()) {
      line.add(Theme.Part.DIM, right(field.kind() == Kind.SHARE ? "" : NOT_YET, cells));
    } else if (Double.isInfinite(value.getAsDouble())) {
      line.add(Theme.Part.DIM, right(UNLIMITED, cells));
    } else if (field.kind() == Kind.SHARE) {
      addBar(line, value.getAsDouble(), pen);
    } else {
      double number = value.getAsDouble();
      line.add(part(field, number), right(text(field.kind(), number), cells));
    }
  }

  /**
   * With what a cell is drawn.
   *
   * @param cells how wide it is
   */
  record Pen(Signs signs, int cells) {}

  /** A number without its cell. */
  static String text(Kind kind, double number) {
    return switch (kind) {
      case BYTES -> Double.isInfinite(number) ? "no limit" : Amounts.bytes(number);
      case BYTE_RATE -> Amounts.bytes(number);
      case COUNT -> Amounts.count(number);
      case RATE -> Amounts.rate(number);
      case FLAG -> number > 0 ? "yes" : "no";
      case SHARE -> Amounts.percent(number);
    };
  }

  private static void addBar(Line.Builder line, double share, Pen pen) {
    Theme.Part part = heat(share);
    line.add(part, pen.signs().bar(share, pen.cells() - PERCENT_CELLS));
    line.add(part, right(Amounts.percent(share), PERCENT_CELLS));
  }

  private static Theme.Part heat(double share) {
    return share >= HOT ? Theme.Part.BAD : share >= WARM ? Theme.Part.WARM : Theme.Part.GOOD;
  }

  private static Theme.Part part(Field field, double number) {
    if (number == 0) {
      return Theme.Part.DIM;
    }
    return switch (field) {
      case PRESSURE -> Theme.Part.BAD;
      case FAILCNT, TCP_FAILCNT, DROPS, REFUSED -> Theme.Part.WARM;
      case NAME,
          USAGE,
          MAX,
          LIMIT,
          USED,
          KMEM,
          KMEM_LIMIT,
          TCP,
          TCP_MAX,
          TCP_LIMIT,
          TCP_USED,
          SOCKETS,
          WINDOW,
          SENT,
          RECEIVED,
          PROCS ->
          Theme.Part.PLAIN;
    };
  }

  private static String right(String text, int cells) {
    return CellText.right(text, cells, "");
  }
}
