package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Labels beside the ends of lines, moved so far up or down that none covers another. */
final class EndLabels {
  /** From one line of text to the next. */
  static final double LINE = 13;

  private EndLabels() {}

  /**
   * A label.
   *
   * @param y where the line ends
   * @param text what to say
   * @param colour of the line
   */
  record Label(double y, String text, int colour) {}

  /**
   * Where labels go: in the order of their lines, near them, and between two heights.
   *
   * @return the middle of each, in the order of {@code sorted}
   */
  static double[] places(List<Label> sorted, double top, double bottom) {
    double[] places = new double[sorted.size()];
    double least = top;
    for (int i = 0; i < places.length; i++) { // down from the top, none above its line
      places[i] = Math.max(sorted.get(i).y(), least);
      least = places[i] + LINE;
    }
    double most = bottom;
    for (int i = places.length - 1; i >= 0; i--) { // and up again from the bottom
      places[i] = Math.min(places[i], most);
      most = places[i] - LINE;
    }
    return places;
  }

  static List<Label> sorted(List<Label> labels) {
    List<Label> sorted = new ArrayList<>(labels);
    sorted.sort(Comparator.comparingDouble(Label::y));
    return sorted;
  }
}
