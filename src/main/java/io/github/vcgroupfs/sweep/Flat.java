package io.github.vcgroupfs.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line with its answer as columns of a table. */
final class Flat {
  private Flat() {}

  /**
   * The columns of an answer: what the line says, and the point in numbers; then the numbers of the
   * groups and of the machine.
   */
  static Map<String, Object> columns(Row row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    row.fields().forEach((name, value) -> add(columns, name, value));
    row.point().forEach((name, value) -> columns.put(name, point(name, value)));
    row.parts()
        .forEach(
            (part, numbers) ->
                numbers.forEach((name, value) -> add(columns, part + "." + name, value)));
    return columns;
  }

  /** A point in plain numbers: bytes, bytes a second, seconds, percent. */
  private static Object point(String name, @Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    return Quantity.of(name, value)
        .map(quantity -> (Object) plain(quantity.value()))
        .orElse(Axis.text(value));
  }

  private static Number plain(double value) {
    if (value == Math.rint(value)) {
      return Math.round(value);
    }
    return value;
  }

  private static void add(Map<String, Object> columns, String name, @Nullable Object value) {
    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      columns.put(name, value);
    } else if (value instanceof List<?> list
        && list.stream().allMatch(each -> each instanceof Number)) {
      columns.put(name, Axis.text(list));
    }
  }

  /** The names of the numbers that an answer has. */
  static String numbers(Row row) {
    return columns(row).entrySet().stream()
        .filter(each -> each.getValue() instanceof Number)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }
}
