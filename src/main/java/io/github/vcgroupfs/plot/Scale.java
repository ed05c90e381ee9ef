package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values are on an axis. Either in proportion, or logarithmic from a floor on; below the
 * floor in proportion, since there is no logarithm of 0. Immutable.
 *
 * @param unit of the values
 * @param top the greatest value
 * @param floor where the logarithm begins; 0: there is none
 * @param height pixels
 */
record Scale(Unit unit, double top, double floor, double height) {
  /** A curve that is this much lower than the axis is a flat line: the logarithm shows it. */
  private static final double FLAT = 16;

  /** Rates have peaks that matter less. */
  private static final double FLAT_RATE = 40;

  /** So much of a logarithmic axis is for values below its floor, pixels: two marks fit there. */
  private static final double BELOW_FLOOR = 14;

  /** So much is free above the greatest value. */
  private static final double HEADROOM = 1.06;

  private static final double LEAST_FLOOR = 1.0 / (1 << 20);

  /** From mark to mark there are at least so many pixels. */
  private static final double TICK = 28;

  /**
   * The axis for some curves.
   *
   * @param unit of the values
   * @param highest the greatest value that is drawn
   * @param usual a value of each curve that it has most of the time; only those above 0 matter
   * @param height pixels
   */
  static Scale of(Unit unit, double highest, List<Double> usual, double height) {
    double top = highest > 0 ? highest : 1;
    double lowest = top;
    for (double each : usual) {
      lowest = each > 0 ? Math.min(lowest, each) : lowest;
    }
    double flat = unit == Unit.BYTES ? FLAT : FLAT_RATE;
    if (!unit.isBinary() || lowest * flat > top) {
      return new Scale(unit, top * HEADROOM, 0, height);
    }
    double floor = powerOfTwo(Math.max(lowest / 4, top * LEAST_FLOOR));
    return new Scale(unit, top * Math.pow(top / floor, HEADROOM - 1), floor, height);
  }

  private static double powerOfTwo(double value) {
    return Math.pow(2, Math.floor(Math.log(value) / Math.log(2)));
  }

  boolean isLogarithmic() {
    return floor > 0;
  }

  /** From 0, at the bottom, to 1, at the top. */
  double at(double value) {
    double inside = Math.max(0, Math.min(top, value));
    if (!isLogarithmic()) {
      return inside / top;
    }
    double below = BELOW_FLOOR / height;
    if (inside < floor) {
      return below * inside / floor;
    }
    return below + (1 - below) * Math.log(inside / floor) / Math.log(top / floor);
  }

  /** The values that have a mark beside the axis: 0, and at least one above. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    if (isLogarithmic()) {
      double doublings = Math.log(top / floor) / Math.log(2);
      double factor =
          Math.pow(2, Math.max(1, Math.ceil(doublings * TICK / (height - BELOW_FLOOR))));
      for (double tick = floor; tick <= top; tick *= factor) {
        ticks.add(tick);
      }
    } else {
      double step = step(Math.min(top * TICK / height, top / 2.5));
      for (double tick = step; tick <= top; tick += step) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /**
   * A round step: a power of two of bytes, or 1, 2, 5, 10 … things; of what is rarer than once a
   * second, less than one.
   */
  private double step(double least) {
    if (unit.isBinary()) {
      double power = powerOfTwo(least);
      return power < least ? 2 * power : power;
    }
    return decimalStep(least);
  }

  /** 1, 2 or 5, times a power of ten. */
  static double decimalStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= least * 0.999) {
        return digit * power;
      }
    }
    return 10 * power;
  }
}
