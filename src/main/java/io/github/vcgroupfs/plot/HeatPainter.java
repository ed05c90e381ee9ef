package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Paints a panel of a heat map. Immutable. */
final class HeatPainter {
  /** Above the cells. */
  static final double HEADER = 24;

  /** Where the cells end. */
  static final double RIGHT = 660;

  private static final double LEFT = 104;
  private static final double FOOTER = 40;
  private static final double LOWEST_ROW = 16;
  private static final double HIGHEST_ROW = 34;
  private static final double MOST_HEIGHT = 340;
  private static final double GAP = 6;
  private static final double MARK = 4;

  private static final Pen CASING = new Pen(Palette.PAPER, 5, false);
  private static final Pen CONTOUR = new Pen(0x000000, 2, false);
  private static final Pen FRAME = new Pen(Palette.MOMENT, 1, false);

  private final HeatPanel panel;
  private final Scale scale;
  private final double body;

  HeatPainter(HeatPanel panel, Scale scale) {
    this.panel = panel;
    this.scale = scale;
    int rows = panel.y().size();
    double row = Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, MOST_HEIGHT / rows));
    this.body = row * rows;
  }

  double height() {
    return HEADER + body + FOOTER;
  }

  /** A rectangle as an area. */
  static List<Point> box(double left, double top, double right, double bottom) {
    return List.of(
        new Point(left, top),
        new Point(right, top),
        new Point(right, bottom),
        new Point(left, bottom));
  }

  /** Paints it below that height. */
  void paint(Canvas canvas, double above) {
    double top = above + HEADER;
    Map<String, String> data = new LinkedHashMap<>();
    data.put("x", panel.x().name());
    data.put("y", panel.y().name());
    data.put("x-scale", scaleOf(panel.x()));
    data.put("y-scale", scaleOf(panel.y()));
    canvas.open("panel", data, "");
    canvas.text(new Point(LEFT - GAP, top - 8), panel.y().name(), Anchor.END, Canvas.HEADING);
    if (!panel.title().isEmpty()) {
      canvas.text(new Point(LEFT, top - 8), panel.title(), Anchor.START, Canvas.NOTE);
    }
    for (int column = 0; column < panel.x().size(); column++) {
      for (int row = 0; row < panel.y().size(); row++) {
        cell(canvas, top, column, row);
      }
    }
    canvas.open("contour", Map.of(), "");
    contour(canvas, top, CASING);
    contour(canvas, top, CONTOUR);
    canvas.close();
    rowLabels(canvas, top);
    columnLabels(canvas, top + body);
    canvas.close();
  }

  private static String scaleOf(HeatAxis axis) {
    return axis.isLogarithmic() ? "log" : "linear";
  }

  private double x(int column) {
    return LEFT + (RIGHT - LEFT) * panel.x().edge(column);
  }

  /** The first row is at the bottom. */
  private double y(double top, int row) {
    return top + body * (1 - panel.y().edge(row));
  }

  private void cell(Canvas canvas, double top, int column, int row) {
    double value = panel.value(column, row);
    double left = x(column);
    double right = x(column + 1);
    double upper = y(top, row + 1);
    double lower = y(top, row);
    if (Double.isNaN(value)) {
      canvas.line(List.of(new Point(left, lower), new Point(right, upper)), FRAME);
      return;
    }
    String text = scale.unit().text(value);
    Map<String, String> data = new LinkedHashMap<>();
    data.put("x", panel.x().key(column));
    data.put("y", panel.y().key(row));
    data.put("value", scale.unit().number(value));
    data.put("met", Boolean.toString(panel.isMet(column, row)));
    String title =
        "%s %s, %s %s: %s"
            .formatted(
                panel.x().name(),
                panel.x().text(column),
                panel.y().name(),
                panel.y().text(row),
                text);
    canvas.open("cell", data, title);
    int colour = Ramp.colour(scale.at(value));
    int ink = Ramp.inkOn(colour);
    canvas.area(box(left, upper, right, lower), colour, 1);
    if (panel.isMet(column, row)) {
      canvas.area(box(right - MARK - 3, upper + 3, right - 3, upper + 3 + MARK), ink, 1);
    }
    Lettering small = new Lettering(10, false, ink);
    double room = right - left - 2 * (MARK + 3);
    if (TextWidth.of(text, small.size(), false) <= room && lower - upper >= LOWEST_ROW) {
      canvas.text(
          new Point((left + right) / 2, (upper + lower) / 2 + 4), text, Anchor.MIDDLE, small);
    }
    canvas.close();
  }

  /** Between a cell that meets the goal and one that does not. */
  private void contour(Canvas canvas, double top, Pen pen) {
    for (int column = 0; column < panel.x().size(); column++) {
      for (int row = 0; row < panel.y().size(); row++) {
        if (panel.isBorder(column, row, column + 1, row)) {
          double x = x(column + 1);
          canvas.line(List.of(new Point(x, y(top, row)), new Point(x, y(top, row + 1))), pen);
        }
        if (panel.isBorder(column, row, column, row + 1)) {
          double y = y(top, row + 1);
          canvas.line(List.of(new Point(x(column), y), new Point(x(column + 1), y)), pen);
        }
      }
    }
  }

  private void rowLabels(Canvas canvas, double top) {
    for (int row = 0; row < panel.y().size(); row++) {
      double middle = (y(top, row) + y(top, row + 1)) / 2;
      canvas.open("tick", Map.of("value", panel.y().key(row)), "");
      canvas.text(new Point(LEFT - GAP, middle + 4), panel.y().text(row), Anchor.END, Canvas.NOTE);
      canvas.close();
    }
  }

  /** As many as there is room for. */
  private void columnLabels(Canvas canvas, double bottom) {
    double free = 0;
    for (int column = 0; column < panel.x().size(); column++) {
      double middle = (x(column) + x(column + 1)) / 2;
      String text = panel.x().text(column);
      double half = TextWidth.of(text, Canvas.NOTE.size(), false) / 2;
      if (middle - half >= free) {
        canvas.open("tick", Map.of("value", panel.x().key(column)), "");
        canvas.line(List.of(new Point(middle, bottom), new Point(middle, bottom + 4)), FRAME);
        canvas.text(new Point(middle, bottom + 16), text, Anchor.MIDDLE, Canvas.NOTE);
        canvas.close();
        free = middle + half + GAP;
      }
    }
    canvas.text(
        new Point((LEFT + RIGHT) / 2, bottom + 32),
        panel.x().name(),
        Anchor.MIDDLE,
        Canvas.HEADING);
  }
}
