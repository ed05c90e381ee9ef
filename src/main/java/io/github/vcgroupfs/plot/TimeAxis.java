package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where times are, in pixels from the left. Immutable.
 *
 * @param endMs the last time
 */
record TimeAxis(double endMs) {
  /** Where time begins; left of it are the marks of the other axes. */
  static final double LEFT = 62;

  /** Where it ends; right of it are the labels of the lines. */
  static final double RIGHT = LEFT + Columns.MOST;

  private static final int TICKS = 8;

  double x(double ms) {
    return LEFT + (RIGHT - LEFT) * Math.min(1, ms / endMs);
  }

  /** Round times, beginning with 0. */
  List<Double> ticks() {
    double step = Scale.decimalStep(endMs / TICKS);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= endMs * 1.000_001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A time that has a mark, without a unit. */
  String text(double ms) {
    return ms == 0 ? "0" : Unit.digits(inMs() ? ms : ms / 1000);
  }

  String unit() {
    return inMs() ? "ms" : "s";
  }

  private boolean inMs() {
    return endMs < 100;
  }
}
