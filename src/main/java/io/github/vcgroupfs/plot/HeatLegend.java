package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.List;
import java.util.Map;

/** The bar that says which colour is how much. */
final class HeatLegend {
  /** Of the bar, pixels. */
  static final double HEIGHT = 200;

  /** What may stick out below. */
  static final double BELOW = 30;

  private static final double LEFT = HeatPainter.RIGHT + 24;
  private static final double WIDTH = 16;
  private static final int STRIPS = 64;

  private HeatLegend() {}

  /** Paints it below that height. */
  static void paint(Canvas canvas, Scale scale, double top) {
    canvas.open("legend", Map.of("scale", scale.isLogarithmic() ? "log" : "linear"), "");
    for (int i = 0; i < STRIPS; i++) {
      double from = top + HEIGHT * (1 - (double) i / STRIPS);
      double to = top + HEIGHT * (1 - (double) (i + 1) / STRIPS);
      // half a pixel more: no gap is seen between two strips
      canvas.area(
          HeatPainter.box(LEFT, from, LEFT + WIDTH, i == STRIPS - 1 ? to : to - 0.5),
          Ramp.colour((i + 0.5) / STRIPS),
          1);
    }
    for (double tick : scale.ticks()) {
      double y = top + HEIGHT * (1 - scale.at(tick));
      canvas.open("tick", Map.of("value", scale.unit().number(tick)), "");
      canvas.line(
          List.of(new Point(LEFT + WIDTH, y), new Point(LEFT + WIDTH + 4, y)),
          new Pen(Palette.MOMENT, 1, false));
      canvas.text(
          new Point(LEFT + WIDTH + 8, y + 4), scale.unit().text(tick), Anchor.START, Canvas.NOTE);
      canvas.close();
    }
    canvas.close();
  }
}
