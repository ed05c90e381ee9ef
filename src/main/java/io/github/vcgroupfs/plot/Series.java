package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A curve of a panel. Its points have a place in time, in pixels, and a value. Immutable.
 *
 * @param subject whose it is and what
 * @param line the curve
 * @param bands what the values between two points of the curve reach, as closed lines
 * @param pen how the curve looks
 * @param label what stands at its end
 * @param data facts, for programs
 */
record Series(
    Subject subject,
    List<Point> line,
    List<List<Point>> bands,
    Canvas.Pen pen,
    Label label,
    Map<String, String> data) {

  /**
   * What a curve is about. Immutable.
   *
   * @param kind which curve, for example {@code usage}
   * @param name whose it is; empty: there is only one
   */
  record Subject(String kind, String name) {}

  /**
   * What stands at the end of a curve. Immutable.
   *
   * @param value where the curve ends; not a number: nothing stands there
   * @param text what is said of it
   */
  record Label(double value, String text) {}

  /** The same curve with another label. */
  Series labelled(Label other) {
    return new Series(subject, line, bands, pen, other, data);
  }

  /** The mean of each column, as a line. */
  static List<Point> means(Track track, TimeGrid grid, TimeAxis axis) {
    List<Point> points = new ArrayList<>();
    for (int column = 0; column < grid.used(); column++) {
      if (track.isKnown(column)) {
        points.add(new Point(middle(column, grid, axis), track.mean(column)));
      }
    }
    if (!points.isEmpty()) {
      points.add(new Point(TimeAxis.RIGHT, track.last()));
    }
    return points;
  }

  /** From the least to the greatest value of each column, as far as they differ. */
  static List<List<Point>> reach(Track track, TimeGrid grid, TimeAxis axis) {
    List<List<Point>> bands = new ArrayList<>();
    List<Point> above = new ArrayList<>();
    List<Point> below = new ArrayList<>();
    for (int column = 0; column <= grid.used(); column++) {
      boolean wide =
          column < grid.used() && track.isKnown(column) && track.most(column) > track.least(column);
      if (wide) {
        double from = axis.x(column * grid.columnMs());
        double to = axis.x((column + 1) * grid.columnMs());
        above.add(new Point(from, track.most(column)));
        above.add(new Point(to, track.most(column)));
        below.add(0, new Point(from, track.least(column)));
        below.add(0, new Point(to, track.least(column)));
      } else if (!above.isEmpty()) {
        above.addAll(below);
        bands.add(List.copyOf(above));
        above.clear();
        below.clear();
      }
    }
    return bands;
  }

  /** A value that is set now and then, as stairs. */
  static List<Point> stairs(Steps steps, TimeAxis axis) {
    List<Point> points = new ArrayList<>();
    List<Steps.Step> all = steps.all();
    for (int i = 0; i < all.size(); i++) {
      double to = i + 1 < all.size() ? axis.x(all.get(i + 1).ms()) : TimeAxis.RIGHT;
      double value = all.get(i).value() == Steps.NONE ? Double.NaN : all.get(i).value();
      double from = i == 0 ? TimeAxis.LEFT : axis.x(all.get(i).ms());
      points.add(new Point(from, value));
      points.add(new Point(to, value));
    }
    return points;
  }

  private static double middle(int column, TimeGrid grid, TimeAxis axis) {
    return axis.x((column + 0.5) * grid.columnMs());
  }
}
