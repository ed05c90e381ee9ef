package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which limit is needed: for each combination of what else varies, the least that meets goals. */
final class LimitTable {
  private LimitTable() {}

  /**
   * The answer for one combination. Immutable.
   *
   * @param point the values of the other axes
   * @param limit the least limit from which on all goals are met, in words
   * @param found whether there is one
   * @param at the numbers of the goals there; if there is none, under the largest limit
   */
  record Line(Map<String, @Nullable Object> point, String limit, boolean found, List<Double> at) {}

  /** All lines. */
  static List<Line> lines(Combinations combinations, List<Goal> goals) throws ScenarioException {
    List<Line> lines = new ArrayList<>();
    for (Combinations.One each : combinations.all()) {
      lines.add(line(each, combinations.limit(), goals));
    }
    return lines;
  }

  private static Line line(Combinations.One one, String limit, List<Goal> goals)
      throws ScenarioException {
    Row least = null;
    for (int i = one.limited().size() - 1; i >= 0; i--) {
      Row row = one.limited().get(i);
      if (!Goal.areMet(goals, row, one.unlimited())) {
        break;
      }
      least = row;
    }
    boolean found = least != null;
    Row shown = one.unlimited();
    if (least != null) {
      shown = least;
    } else if (!one.limited().isEmpty()) {
      shown = one.limited().get(one.limited().size() - 1);
    }
    List<Double> at = new ArrayList<>();
    for (Goal goal : goals) {
      at.add(goal.measure().of(shown, one.unlimited()));
    }
    String words = Axis.text(shown.point().get(limit));
    if (!found) {
      boolean ever = Goal.areMet(goals, one.unlimited(), one.unlimited());
      words = ever ? "above " + words : "none does";
    }
    return new Line(one.point(), words, found, List.copyOf(at));
  }

  /** A table of text: a header, and a line for each combination. */
  static String text(Combinations combinations, List<Goal> goals) throws ScenarioException {
    List<List<String>> cells = new ArrayList<>();
    for (Line line : lines(combinations, goals)) {
      if (cells.isEmpty()) {
        List<String> header = new ArrayList<>(line.point().keySet());
        header.add(combinations.limit());
        goals.forEach(goal -> header.add(goal.measure().name()));
        cells.add(header);
      }
      cells.add(cells(line, goals));
    }
    int columns = cells.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(" ".repeat(widths[i] - row.get(i).length() + (i == 0 ? 0 : 2)));
        line.append(row.get(i));
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** A line, for people. */
  static List<String> cells(Line line, List<Goal> goals) {
    List<String> cells = new ArrayList<>();
    line.point().values().forEach(value -> cells.add(Axis.text(value)));
    cells.add(line.limit());
    for (int i = 0; i < goals.size(); i++) {
      cells.add(goals.get(i).measure().unit().text(line.at().get(i)));
    }
    return cells;
  }
}
