package io.github.vcgroupfs.plot;

import java.util.Arrays;

/**
 * A value over time, in columns: the least, the greatest and the mean of each. A value holds until
 * the next one is set. Not thread-safe.
 */
final class Track {
  private final Columns columns;
  private final float[] least;
  private final float[] most;
  private final double[] area;
  private final double[] ms;
  private double value = Double.NaN;
  private double sinceMs;
  private double highest;

  Track(Columns columns) {
    this.columns = columns;
    this.least = new float[Columns.MOST];
    this.most = new float[Columns.MOST];
    this.area = new double[Columns.MOST];
    this.ms = new double[Columns.MOST];
    empty(0);
  }

  private void empty(int from) {
    Arrays.fill(least, from, least.length, Float.POSITIVE_INFINITY);
    Arrays.fill(most, from, most.length, Float.NEGATIVE_INFINITY);
    Arrays.fill(area, from, area.length, 0);
    Arrays.fill(ms, from, ms.length, 0);
  }

  /** The value from that time on. */
  void set(double atMs, double now) {
    hold(atMs);
    value = now;
    reached(atMs, now);
  }

  /** The value was this for a moment, since it was last set. */
  void reached(double atMs, double peak) {
    include(columns.columnOf(atMs), peak);
    highest = Math.max(highest, peak);
  }

  /** The value has not changed until that time. */
  void hold(double untilMs) {
    int last = columns.columnOf(untilMs);
    if (!Double.isNaN(value) && untilMs > sinceMs) {
      for (int column = columns.columnOf(sinceMs); column <= last; column++) {
        double from = Math.max(sinceMs, column * columns.columnMs());
        double to = Math.min(untilMs, (column + 1) * columns.columnMs());
        if (to > from) {
          include(column, value);
          area[column] += value * (to - from);
          ms[column] += to - from;
        }
      }
    }
    sinceMs = untilMs;
  }

  private void include(int column, double seen) {
    least[column] = Math.min(least[column], (float) seen);
    most[column] = Math.max(most[column], (float) seen);
  }

  /** Two columns become one. */
  void halve() {
    int half = Columns.MOST / 2;
    for (int i = 0; i < half; i++) {
      least[i] = Math.min(least[2 * i], least[2 * i + 1]);
      most[i] = Math.max(most[2 * i], most[2 * i + 1]);
      area[i] = area[2 * i] + area[2 * i + 1];
      ms[i] = ms[2 * i] + ms[2 * i + 1];
    }
    empty(half);
  }

  /** Whether there is a value in that column. */
  boolean isKnown(int column) {
    return ms[column] > 0;
  }

  double least(int column) {
    return least[column];
  }

  double most(int column) {
    return most[column];
  }

  double mean(int column) {
    return area[column] / ms[column];
  }

  /** The value at the end; not a number if there was none. */
  double last() {
    return value;
  }

  /** The greatest of all. */
  double highest() {
    return highest;
  }

  /** The sum of value and time, in milliseconds. */
  double total() {
    return Arrays.stream(area).sum();
  }
}
