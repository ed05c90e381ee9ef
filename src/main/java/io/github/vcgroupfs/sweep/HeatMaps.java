package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.HeatAxis;
import io.github.vcgroupfs.plot.HeatMap;
import io.github.vcgroupfs.plot.HeatPanel;
import io.github.vcgroupfs.plot.Unit;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a heat map of answers. Not thread-safe; used once. */
final class HeatMaps {
  private final Question question;
  private final List<Row> rows;
  private final Measure field;

  /** What each axis is in turn; those that are the same everywhere are not here. */
  private final Map<String, Set<@Nullable Object>> varied = new LinkedHashMap<>();

  private HeatMaps(Question question, List<Row> rows) {
    this.question = question;
    this.rows = rows;
    this.field = question.field();
  }

  /** The heat map that the question asks for. */
  static HeatMap of(Question question, String profile, List<Row> rows) throws ScenarioException {
    return new HeatMaps(question, rows).make(profile);
  }

  private HeatMap make(String profile) throws ScenarioException {
    for (Row row : rows) {
      row.point()
          .forEach(
              (name, value) ->
                  varied.computeIfAbsent(name, each -> new LinkedHashSet<>()).add(value));
    }
    varied.values().removeIf(values -> values.size() < 2);
    List<String> names = axes();
    HeatAxis x = axis(names.get(0));
    HeatAxis y = axis(names.get(1));
    IdentityHashMap<Row, Row> unlimited = unlimited();
    Map<String, HeatPanel> panels = new LinkedHashMap<>();
    for (Row row : rows) {
      String column = Axis.text(row.point().get(names.get(0)));
      String line = Axis.text(row.point().get(names.get(1)));
      if (x.has(column) && y.has(line)) {
        Row beside = unlimited.getOrDefault(row, row);
        boolean met = !question.goals().isEmpty() && Goal.areMet(question.goals(), row, beside);
        panels
            .computeIfAbsent(title(row, names), title -> new HeatPanel(title, x, y))
            .set(column, line, field.of(row, beside), met);
      }
    }
    if (panels.isEmpty()) {
      throw new ScenarioException("a heat map needs answers, and there is none");
    }
    HeatMap.Subject subject =
        new HeatMap.Subject(
            field.name(),
            field.unit(),
            "simulated kernel %s%s".formatted(profile, title().map(", "::concat).orElse("")),
            Goal.text(question.goals()));
    return new HeatMap(subject, List.copyOf(panels.values()));
  }

  private Optional<String> title() {
    Set<String> names =
        rows.stream()
            .map(row -> String.valueOf(row.fields().getOrDefault("name", "")))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return names.size() == 1
        ? names.stream().filter(name -> !name.isEmpty()).findFirst()
        : Optional.empty();
  }

  /** The names of the two axes. */
  private List<String> axes() throws ScenarioException {
    List<String> names = question.axes();
    if (names.isEmpty()) {
      List<String> likely = new ArrayList<>(varied.keySet());
      String limit = rows.isEmpty() ? null : question.limitIfAny(rows.get(0).point());
      if (limit != null && likely.remove(limit)) {
        likely.add(0, limit);
      }
      names = likely.subList(0, Math.min(2, likely.size()));
    }
    if (names.size() != 2 || !varied.keySet().containsAll(names)) {
      throw new ScenarioException(
          "a heat map has two axes; what varies: %s"
              .formatted(varied.isEmpty() ? "nothing" : String.join(", ", varied.keySet())));
    }
    return names;
  }

  private HeatAxis axis(String name) {
    List<HeatAxis.Mark> marks = new ArrayList<>();
    Unit unit = Unit.COUNT;
    boolean numbers = true;
    for (Object value : varied.getOrDefault(name, Set.of())) {
      Optional<Quantity> number = Quantity.of(name, value);
      numbers &= number.isPresent();
      if (number.isPresent() && number.get().unit() != Unit.COUNT) {
        unit = number.get().unit();
      }
      marks.add(
          new HeatAxis.Mark(number.map(Quantity::value).orElse(Double.NaN), Axis.text(value)));
    }
    if (numbers) { // without a limit there is no place on an axis
      marks.removeIf(mark -> mark.value() < 0);
    }
    return HeatAxis.of(name, unit, numbers, marks);
  }

  private String title(Row row, List<String> axes) {
    return row.point().entrySet().stream()
        .filter(each -> varied.containsKey(each.getKey()) && !axes.contains(each.getKey()))
        .map(each -> each.getKey() + " " + Axis.text(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** For each answer, that without a limit; nothing if nobody asks. */
  private IdentityHashMap<Row, Row> unlimited() throws ScenarioException {
    IdentityHashMap<Row, Row> unlimited = new IdentityHashMap<>();
    if (question.isAboutLimits() && !rows.isEmpty()) {
      String limit = question.limitOf(rows.get(0));
      for (Combinations.One each : Combinations.of(limit, rows).all()) {
        each.limited().forEach(row -> unlimited.put(row, each.unlimited()));
      }
    }
    return unlimited;
  }
}
