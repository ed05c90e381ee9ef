package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who was under memory pressure, as a row of bars for each; and a shade behind all panels when
 * anybody was. Where it came and went faster than a column of pixels, bars and shade are fainter.
 * Immutable.
 */
final class PressureRows {
  private static final double ROW = 13;
  private static final double BAR = 7;
  private static final double ABOVE = 4;
  private static final int SHADES = 4;

  private final List<Row> rows = new ArrayList<>();
  private final TimeGrid grid;
  private final TimeAxis axis;

  private record Row(String name, String path, int colour, Track pressure) {}

  PressureRows(Recording recording, List<Shown> shown, TimeAxis axis) {
    this.grid = recording.grid();
    this.axis = axis;
    for (Shown each : shown) {
      GroupTracks group = each.group();
      if (group != null && group.pressure().highest() > 0) {
        rows.add(new Row(each.name(), each.path(), each.colour(), group.pressure()));
      }
    }
    if (recording.machine().pressure().highest() > 0) {
      rows.add(new Row("machine", "", Palette.MACHINE, recording.machine().pressure()));
    }
  }

  double height() {
    return rows.isEmpty() ? 0 : ABOVE + rows.size() * ROW;
  }

  void paintShade(Canvas canvas, double top, double bottom) {
    canvas.open("pressure-shade", Map.of(), "");
    int from = 0;
    int shade = 0;
    for (int column = 0; column <= grid.used(); column++) {
      int now = column < grid.used() ? shade(column) : 0;
      if (now != shade) {
        if (shade > 0) {
          canvas.area(box(from, column, top, bottom), Palette.PRESSURE, (double) shade / SHADES);
        }
        from = column;
        shade = now;
      }
    }
    canvas.close();
  }

  private int shade(int column) {
    double most = 0;
    for (Row row : rows) {
      most = Math.max(most, row.pressure().isKnown(column) ? row.pressure().mean(column) : 0);
    }
    return (int) Math.ceil(most * SHADES - 1e-9);
  }

  private List<Point> box(int from, int to, double top, double bottom) {
    double left = axis.x(from * grid.columnMs());
    double right = axis.x(to * grid.columnMs());
    return List.of(
        new Point(left, top),
        new Point(right, top),
        new Point(right, bottom),
        new Point(left, bottom));
  }

  void paintRows(Canvas canvas, double top) {
    if (!rows.isEmpty()) {
      canvas.text(
          new Point(TimeAxis.LEFT - 6, top + ABOVE + BAR + 1),
          "pressure",
          Anchor.END,
          new Lettering(11, false, Palette.NOTE));
    }
    double y = top + ABOVE;
    for (Row row : rows) {
      String time = Unit.time(row.pressure().total());
      String text = row.name().isEmpty() ? time : row.name() + " " + time;
      canvas.open(
          "pressure",
          Map.of("of", row.path(), "ms", ms(row)),
          row.name() + " under memory pressure for " + time);
      int from = 0;
      for (int column = 0; column <= grid.used(); column++) {
        boolean on = column < grid.used() && isOn(row, column);
        if (!on) {
          if (from < column) {
            canvas.area(box(from, column, y, y + BAR), row.colour(), 1);
          }
          from = column + 1;
        }
      }
      canvas.text(
          new Point(TimeAxis.RIGHT + 11, y + BAR + 1),
          text,
          Anchor.START,
          new Lettering(11, false, row.colour()));
      canvas.close();
      y += ROW;
    }
  }

  private static String ms(Row row) {
    return Unit.digits(row.pressure().total());
  }

  private static boolean isOn(Row row, int column) {
    return row.pressure().isKnown(column) && row.pressure().mean(column) > 0;
  }
}
