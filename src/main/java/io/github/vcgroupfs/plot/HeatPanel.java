package io.github.vcgroupfs.plot;

import java.util.Arrays;

/** The cells of a heat map for one value of everything that is not an axis. Not thread-safe. */
public final class HeatPanel {
  private final String title;
  private final HeatAxis x;
  private final HeatAxis y;
  private final double[][] values;
  private final boolean[][] met;

  /** Cells that are empty. */
  public HeatPanel(String title, HeatAxis x, HeatAxis y) {
    this.title = title;
    this.x = x;
    this.y = y;
    this.values = new double[x.size()][y.size()];
    this.met = new boolean[x.size()][y.size()];
    for (double[] column : values) {
      Arrays.fill(column, Double.NaN);
    }
  }

  /**
   * Fills a cell.
   *
   * @param column the key of a mark of x
   * @param row the key of a mark of y
   * @param value its value
   * @param isMet whether the goal is met there
   */
  public void set(String column, String row, double value, boolean isMet) {
    values[x.indexOf(column)][y.indexOf(row)] = value;
    met[x.indexOf(column)][y.indexOf(row)] = isMet;
  }

  String title() {
    return title;
  }

  HeatAxis x() {
    return x;
  }

  HeatAxis y() {
    return y;
  }

  /** Not a number: the cell is empty. */
  double value(int column, int row) {
    return values[column][row];
  }

  boolean isMet(int column, int row) {
    return met[column][row];
  }

  /** Whether the goal is met in one of two cells, and not in the other. */
  boolean isBorder(int column, int row, int otherColumn, int otherRow) {
    return otherColumn < x.size()
        && otherRow < y.size()
        && !Double.isNaN(values[column][row])
        && !Double.isNaN(values[otherColumn][otherRow])
        && met[column][row] != met[otherColumn][otherRow];
  }
}
