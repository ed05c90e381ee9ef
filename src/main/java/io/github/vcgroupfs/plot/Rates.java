package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How fast a count grows, in equal pieces of time that are wide enough to be seen. Immutable. */
final class Rates {
  /** Between two bars, pixels. */
  private static final double GAP = 0.8;

  private final TimeGrid grid;
  private final int columns;
  private final double[] perSecond;

  Rates(Tally tally, TimeGrid grid) {
    this.grid = grid;
    this.columns = grid.pieceColumns();
    this.perSecond = new double[pieces()];
    for (int piece = 0; piece < perSecond.length; piece++) {
      double more = tally.at(endColumn(piece)) - tally.at(piece * columns - 1);
      perSecond[piece] = more * 1000 / (endMs(piece) - startMs(piece));
    }
  }

  /** A last piece that is less than half of one belongs to that before. */
  private int pieces() {
    return Math.max(1, (int) Math.round(grid.endMs() / (columns * grid.columnMs())));
  }

  private int endColumn(int piece) {
    return piece == pieces() - 1 ? Columns.MOST - 1 : (piece + 1) * columns - 1;
  }

  private double startMs(int piece) {
    return piece * columns * grid.columnMs();
  }

  private double endMs(int piece) {
    return piece == pieces() - 1 ? grid.endMs() : startMs(piece + 1);
  }

  double highest() {
    return Arrays.stream(perSecond).max().orElse(0);
  }

  double last() {
    return perSecond.length == 0 ? 0 : perSecond[perSecond.length - 1];
  }

  /** The middle one of those that are not 0; 0 if all are. */
  double usual() {
    double[] sorted = Arrays.stream(perSecond).filter(rate -> rate > 0).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** As stairs. */
  List<Point> stairs(TimeAxis axis) {
    List<Point> points = new ArrayList<>();
    for (int piece = 0; piece < perSecond.length; piece++) {
      points.add(new Point(axis.x(startMs(piece)), perSecond[piece]));
      points.add(new Point(axis.x(endMs(piece)), perSecond[piece]));
    }
    return points;
  }

  /** How high bars of these reach that stand on others. */
  double[] on(double[] below) {
    double[] top = below.clone();
    for (int piece = 0; piece < top.length; piece++) {
      top[piece] += perSecond[piece];
    }
    return top;
  }

  /** How high the middle of these is, most of the time, on top of others. */
  double middle(double[] below) {
    double sum = 0;
    for (int piece = 0; piece < below.length; piece++) {
      sum += below[piece] + perSecond[piece] / 2;
    }
    return sum / below.length;
  }

  /** Where bars begin that stand on no others. */
  double[] ground() {
    return new double[perSecond.length];
  }

  /** As a bar for each piece that is not 0, on top of others. */
  List<List<Point>> bars(TimeAxis axis, double[] below) {
    List<List<Point>> bars = new ArrayList<>();
    for (int piece = 0; piece < perSecond.length; piece++) {
      double from = axis.x(startMs(piece));
      double to = axis.x(endMs(piece)) - GAP;
      double low = below[piece];
      double high = low + perSecond[piece];
      if (high > low) {
        bars.add(
            List.of(
                new Point(from, low),
                new Point(from, high),
                new Point(to, high),
                new Point(to, low)));
      }
    }
    return bars;
  }
}
