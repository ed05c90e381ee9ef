package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the answers of a sweep. Immutable. */
public final class Question {
  private static final String LIMIT = "limit";

  private final List<Goal> goals;
  private final @Nullable String limit;
  private final @Nullable Measure field;
  private final List<String> axes;

  private Question(
      List<Goal> goals, @Nullable String limit, @Nullable Measure field, List<String> axes) {
    this.goals = List.copyOf(goals);
    this.limit = limit;
    this.field = field;
    this.axes = List.copyOf(axes);
  }

  /**
   * A question.
   *
   * @param goals what is wanted, such as {@code throughput>=95%}
   * @param limit the axis with the limit that is looked for; null: the one that is called so
   * @param field what a heat map shows; null: what the first goal is about, or the throughput
   * @param axes the two axes of a heat map; empty: those that vary first
   * @throws ScenarioException if a goal or a field cannot be understood
   */
  public static Question of(
      List<String> goals, @Nullable String limit, @Nullable String field, List<String> axes)
      throws ScenarioException {
    List<Goal> all = new ArrayList<>();
    for (String each : goals) {
      all.addAll(Goal.of(each));
    }
    return new Question(all, limit, field == null ? null : Measure.of(field), axes);
  }

  List<Goal> goals() {
    return goals;
  }

  List<String> axes() {
    return axes;
  }

  /** What a heat map shows. */
  Measure field() {
    if (field != null) {
      return field;
    }
    return goals.isEmpty() ? new Measure("", Measure.THROUGHPUT, false) : goals.get(0).measure();
  }

  /** Whether answers are compared with those without a limit. */
  boolean isAboutLimits() {
    return !goals.isEmpty() || (field != null && field.isRelative());
  }

  /** The scenarios of a line, with those without a limit if they are needed. */
  Grid complete(Grid grid) throws ScenarioException {
    return isAboutLimits()
        ? grid.withUnlimited(limitOf(grid.axes().stream().map(Axis::name).toList()))
        : grid;
  }

  /** The axis with the limit, of answers. */
  String limitOf(Row row) throws ScenarioException {
    return limitOf(List.copyOf(row.point().keySet()));
  }

  /** The axis with the limit. */
  String limitOf(List<String> names) throws ScenarioException {
    List<String> likely =
        names.contains(LIMIT)
            ? List.of(LIMIT)
            : names.stream().filter(name -> name.endsWith(LIMIT)).toList();
    if (limit == null && likely.size() == 1) {
      return likely.get(0);
    }
    if (limit != null && names.contains(limit)) {
      return limit;
    }
    throw new ScenarioException(
        "which limit is needed? What varies is %s; name one of them with --limit, or let \"limit\" have several values"
            .formatted(names.isEmpty() ? "nothing" : String.join(", ", names)));
  }

  /** The axis with the limit, if the answers have one. */
  @Nullable String limitIfAny(Map<String, @Nullable Object> point) {
    if (limit != null) {
      return point.containsKey(limit) ? limit : null;
    }
    return point.containsKey(LIMIT) ? LIMIT : null;
  }
}
