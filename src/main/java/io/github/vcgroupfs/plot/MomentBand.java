package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Moments as texts above the panels, each with a line down through all of them. Texts are in rows,
 * so that none covers another and no line goes through a text. Immutable.
 */
final class MomentBand {
  /** More rows push the curves off the page; what finds no row has a line, but no text. */
  private static final int ROWS = 7;

  private static final double ROW = 14;
  private static final double SIZE = 11;
  private static final double GAP = 10;
  private static final double INDENT = 3;

  /** Where the figure ends, at the right. */
  private static final double EDGE = Figure.WIDTH - 8;

  private static final double WIDEST = 560;

  private static final Pen LINE = new Pen(Palette.MOMENT, 0.7, false);

  private final List<Placed> placed = new ArrayList<>();
  private final TimeAxis axis;
  private int rows;

  /** A moment with its row; below 0: no row is free. */
  private record Placed(Moment moment, String text, int row, Anchor anchor) {}

  MomentBand(List<Moment> moments, TimeAxis axis) {
    this.axis = axis;
    double[] ends = new double[ROWS];
    Arrays.fill(ends, Double.NEGATIVE_INFINITY);
    for (Moment moment : moments) {
      place(moment, ends);
    }
  }

  private void place(Moment moment, double[] ends) {
    double x = axis.x(moment.ms());
    String text = TextWidth.cut(moment.said(), SIZE, WIDEST);
    double width = TextWidth.of(text, SIZE, false) + INDENT;
    Anchor anchor = x + width <= EDGE ? Anchor.START : Anchor.END;
    double left = anchor == Anchor.START ? x : x - width;
    int row = -1;
    for (int i = ROWS - 1; i >= 0 && ends[i] < x; i--) { // its line crosses the rows below
      row = ends[i] + GAP <= left ? i : row;
    }
    if (row >= 0) {
      ends[row] = left + width;
      rows = Math.max(rows, row + 1);
    }
    placed.add(new Placed(moment, text, row, anchor));
  }

  double height() {
    return rows * ROW;
  }

  /** Lines first: they go behind everything. */
  void paintLines(Canvas canvas, double top, List<Opening> panels) {
    canvas.open("moments", Map.of(), "");
    for (Placed each : placed) {
      double x = axis.x(each.moment().ms());
      double from = each.row() < 0 ? top + height() : top + each.row() * ROW + 2;
      if (x <= TimeAxis.LEFT) { // the beginning is no news
        line(canvas, x, from, panels.get(0).top());
        continue;
      }
      for (Opening panel : panels) {
        if (x <= panel.headerEnd()) { // no line through the words
          line(canvas, x, from, panel.top());
          from = panel.top() + Panel.HEADER;
        }
      }
      line(canvas, x, from, panels.get(panels.size() - 1).bottom());
    }
    canvas.close();
  }

  /** A panel, as far as lines through it go. Immutable. */
  record Opening(double top, double bottom, double headerEnd) {}

  private static void line(Canvas canvas, double x, double from, double to) {
    canvas.line(List.of(new Point(x, from), new Point(x, to)), LINE);
  }

  void paintTexts(Canvas canvas, double top) {
    for (Placed each : placed) {
      if (each.row() < 0) {
        continue;
      }
      double x = axis.x(each.moment().ms());
      double aside = each.anchor() == Anchor.START ? INDENT : -INDENT;
      canvas.open(
          "moment",
          Map.of("ms", String.format(Locale.ROOT, "%.3f", each.moment().ms())),
          Unit.time(each.moment().ms()) + ", " + each.moment().said());
      canvas.text(
          new Point(x + aside, top + each.row() * ROW + 11),
          each.text(),
          each.anchor(),
          new Lettering(SIZE, false, each.moment().colour()));
      canvas.close();
    }
  }
}
