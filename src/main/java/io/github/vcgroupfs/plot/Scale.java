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
 */
record Scale(Unit unit, double top, double floor) {
  /** A curve that is this much lower than the axis is a flat line: the logarithm shows it. */
  private static final double FLAT = 16;

  /** So much of a logarithmic axis is for values below its floor. */
  private static final double BELOW_FLOOR = 0.1;

  /** So much is free above the greatest value. */
  private static final double HEADROOM = 1.06;

  private static final double LEAST_FLOOR = 1.0 / (1 << 20);
  private static final int TICKS = 5;

  /**
   * The axis for some curves.
   *
   * @param unit of the values
   * @param highest the greatest value that is drawn
   * @param usual a value of each curve that it has most of the time; only those above 0 matter
   */
  static Scale of(Unit unit, double highest, List<Double> usual) {
    double top = highest > 0 ? highest : 1;
    double lowest = top;
    for (double each : usual) {
      lowest = each > 0 ? Math.min(lowest, each) : lowest;
    }
    if (!unit.isBinary() || lowest * FLAT > top) {
      return new Scale(unit, top * HEADROOM, 0);
    }
    double floor = powerOfTwo(Math.max(lowest / 4, top * LEAST_FLOOR));
    return new Scale(unit, top * Math.pow(top / floor, HEADROOM - 1), floor);
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
    if (inside < floor) {
      return BELOW_FLOOR * inside / floor;
    }
    return BELOW_FLOOR + (1 - BELOW_FLOOR) * Math.log(inside / floor) / Math.log(top / floor);
  }

  /** The values that have a mark beside the axis. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    if (isLogarithmic()) {
      double doublings = Math.log(top / floor) / Math.log(2);
      double factor = Math.pow(2, Math.max(1, Math.ceil(doublings / TICKS)));
      for (double tick = floor; tick <= top; tick *= factor) {
        ticks.add(tick);
      }
    } else {
      double step = step(top / (TICKS - 1));
      for (double tick = step; tick <= top; tick += step) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /** The next round step: a power of two of bytes, or 1, 2, 5, 10 … things. */
  private double step(double least) {
    if (unit.isBinary()) {
      double power = powerOfTwo(least);
      return power < least ? 2 * power : power;
    }
    return Math.max(1, decimalStep(least));
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
