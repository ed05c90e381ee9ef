package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Curves that share an axis. Immutable.
 *
 * @param kind which panel, for programs
 * @param title what is drawn in it
 * @param note what one has to know to read it; may be empty
 * @param scale the axis
 * @param series the curves, the first is painted first
 */
record Panel(String kind, String title, String note, Scale scale, List<Series> series) {
  /** Above the area with the curves, for the title. */
  static final double HEADER = 22;

  private static final Pen GRID = new Pen(Palette.GRID, 1, false);

  /** How opaque the area is that a curve reaches. */
  private static final double BAND = 0.25;

  /** How opaque bars are: others behind them are seen. */
  private static final double BAR = 0.75;

  private static final double GAP = 6;

  /** Of the area with the curves. */
  private double height() {
    return scale.height();
  }

  /** Where the text of the header ends, at the most. */
  double headerEnd() {
    return TimeAxis.LEFT
        + TextWidth.of(title, Canvas.HEADING.size(), true)
        + Canvas.HEADING_GAP
        + TextWidth.of(note, Canvas.NOTE.size(), false);
  }

  /** Header and curves. */
  double fullHeight() {
    return HEADER + height();
  }

  /** Paints it below that height. */
  void paint(Canvas canvas, double above) {
    double top = above + HEADER;
    Map<String, String> data = new LinkedHashMap<>();
    data.put("scale", scale.isLogarithmic() ? "log" : "linear");
    data.put("top", Double.toString(top));
    data.put("bottom", Double.toString(top + height()));
    canvas.open("panel " + kind, data, "");
    canvas.heading(new Point(TimeAxis.LEFT, top - 6), title, note);
    axis(canvas, top);
    for (Series each : series) {
      curve(canvas, each, top);
    }
    labels(canvas, top);
    canvas.close();
  }

  private void axis(Canvas canvas, double top) {
    for (double tick : scale.ticks()) {
      double y = y(tick, top);
      canvas.open("tick", Map.of("value", scale.unit().number(tick)), "");
      canvas.line(List.of(new Point(TimeAxis.LEFT, y), new Point(TimeAxis.RIGHT, y)), GRID);
      canvas.text(
          new Point(TimeAxis.LEFT - GAP, y + 4), scale.unit().text(tick), Anchor.END, Canvas.NOTE);
      canvas.close();
    }
  }

  private void curve(Canvas canvas, Series curve, double top) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("of", curve.subject().name());
    data.putAll(curve.data());
    canvas.open("series " + curve.subject().kind(), data, curve.label().text());
    boolean bars = curve.line().isEmpty();
    for (List<Point> band : curve.bands()) {
      canvas.area(onPaper(band, top), curve.pen().colour(), bars ? BAR : BAND);
    }
    canvas.line(onPaper(curve.line(), top), curve.pen());
    canvas.close();
  }

  private List<Point> onPaper(List<Point> points, double top) {
    List<Point> paper = new ArrayList<>(points.size());
    for (Point point : points) {
      paper.add(point.isGap() ? point : new Point(point.x(), y(point.y(), top)));
    }
    return paper;
  }

  private double y(double value, double top) {
    return top + height() * (1 - scale.at(value));
  }

  private void labels(Canvas canvas, double top) {
    List<EndLabels.Label> labels = new ArrayList<>();
    for (Series each : series) {
      if (!Double.isNaN(each.label().value())) {
        labels.add(
            new EndLabels.Label(
                y(each.label().value(), top), each.label().text(), each.pen().colour()));
      }
    }
    List<EndLabels.Label> sorted = EndLabels.sorted(labels);
    double[] places = EndLabels.places(sorted, top + 2, top + height() - 1);
    for (int i = 0; i < places.length; i++) {
      EndLabels.Label label = sorted.get(i);
      if (Math.abs(places[i] - label.y()) > 1.5) {
        canvas.line(
            List.of(
                new Point(TimeAxis.RIGHT + 1, label.y()), new Point(TimeAxis.RIGHT + 8, places[i])),
            new Pen(label.colour(), 0.8, false));
      }
      canvas.open("label", Map.of(), "");
      canvas.text(
          new Point(TimeAxis.RIGHT + 11, places[i] + 4),
          label.text(),
          Anchor.START,
          new Lettering(11, false, label.colour()));
      canvas.close();
    }
  }
}
