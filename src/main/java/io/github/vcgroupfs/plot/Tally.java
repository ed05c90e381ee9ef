package io.github.vcgroupfs.plot;

/** A count that only grows, as it was at the end of each column. Not thread-safe. */
final class Tally {
  private final Columns columns;
  private final double[] counts = new double[Columns.MOST];
  private int column;

  Tally(Columns columns) {
    this.columns = columns;
  }

  /** The count is that from now on. */
  void set(double atMs, double count) {
    hold(atMs);
    counts[column] = count;
  }

  /** The count has not changed until that time. */
  void hold(double untilMs) {
    int now = columns.columnOf(untilMs);
    while (column < now) {
      counts[column + 1] = counts[column];
      column++;
    }
  }

  /** Two columns become one. */
  void halve() {
    for (int i = 0; i < Columns.MOST / 2; i++) {
      counts[i] = counts[Math.min(2 * i + 1, column)];
    }
    column /= 2;
  }

  /** What it was at the end of a column; before the first, nothing. */
  double at(int end) {
    return end < 0 ? 0 : counts[Math.min(end, column)];
  }

  /** What it is in the end. */
  double last() {
    return counts[column];
  }
}
