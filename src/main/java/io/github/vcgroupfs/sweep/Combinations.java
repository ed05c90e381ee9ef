package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers, put together if they differ in the limit alone. Immutable.
 *
 * @param limit the axis with the limit
 * @param all for each combination of the others, in their order
 */
record Combinations(String limit, List<One> all) {

  /**
   * The same scenario under several limits. Immutable.
   *
   * @param point the values of the other axes
   * @param limited from the least limit to the largest
   * @param unlimited without a limit
   */
  record One(Map<String, @Nullable Object> point, List<Row> limited, Row unlimited) {}

  /** Those of all answers. */
  static Combinations of(String limit, List<Row> rows) throws ScenarioException {
    Map<Map<String, @Nullable Object>, List<Row>> byPoint = new LinkedHashMap<>();
    for (Row row : rows) {
      byPoint.computeIfAbsent(row.pointWithout(limit), point -> new ArrayList<>()).add(row);
    }
    List<One> all = new ArrayList<>();
    for (Map.Entry<Map<String, @Nullable Object>, List<Row>> each : byPoint.entrySet()) {
      all.add(one(limit, each.getKey(), each.getValue()));
    }
    return new Combinations(limit, List.copyOf(all));
  }

  private static One one(String limit, Map<String, @Nullable Object> point, List<Row> rows)
      throws ScenarioException {
    Row unlimited = null;
    List<Row> limited = new ArrayList<>();
    for (Row row : rows) {
      if (limitOf(row, limit).isUnlimited()) {
        unlimited = row;
      } else {
        limited.add(row);
      }
    }
    if (unlimited == null) {
      throw new ScenarioException(
          "%s: there is no answer without a limit to compare with; let %s be -1, too"
              .formatted(point, limit));
    }
    List<Double> values = new ArrayList<>();
    for (Row row : limited) {
      values.add(limitOf(row, limit).value());
    }
    List<Row> sorted = new ArrayList<>(limited);
    sorted.sort(Comparator.comparingDouble(row -> values.get(limited.indexOf(row))));
    return new One(point, List.copyOf(sorted), unlimited);
  }

  private static Quantity limitOf(Row row, String limit) throws ScenarioException {
    Map<String, @Nullable Object> point = row.point();
    if (!point.containsKey(limit)) {
      throw new ScenarioException(
          "%s does not vary in a line; what varies there: %s"
              .formatted(limit, String.join(", ", point.keySet())));
    }
    return Quantity.of(limit, point.get(limit))
        .orElseThrow(
            () ->
                new ScenarioException(
                    "%s is %s; a limit is a number of bytes".formatted(limit, point.get(limit))));
  }
}
