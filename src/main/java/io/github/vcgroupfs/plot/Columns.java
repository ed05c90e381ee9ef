package io.github.vcgroupfs.plot;

/** Which column a time is in. The columns become wider when time goes on beyond the last one. */
final class Columns {
  /** An even number, the width of the panels in pixels. */
  static final int MOST = 560;

  private double columnMs;

  Columns(double columnMs) {
    this.columnMs = columnMs;
  }

  /** The column of a time. */
  int columnOf(double ms) {
    return (int) Math.min(MOST - 1, ms / columnMs);
  }

  double columnMs() {
    return columnMs;
  }

  /** Two columns become one. */
  void halve() {
    columnMs *= 2;
  }
}
