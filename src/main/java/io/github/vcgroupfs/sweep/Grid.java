package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line, and the scenarios that it stands for: the product of what varies in it. Immutable.
 *
 * @param axes what varies; the last changes from scenario to scenario
 * @param template the line
 * @param compared an axis whose scenarios are compared with each other, so they have the same seed;
 *     empty: there is none
 */
record Grid(List<Axis> axes, Node.Members template, String compared) {
  /** The field of a scenario that says which value each axis has there. */
  static final String POINT = "point";

  /** No limit, as scenarios say it. */
  static final long UNLIMITED = -1;

  Grid {
    axes = List.copyOf(axes);
  }

  /** How many scenarios there are. */
  long size() throws ScenarioException {
    long size = 1;
    for (Axis axis : axes) {
      if (size > Long.MAX_VALUE / axis.size()) {
        throw new ScenarioException("these are more scenarios than can be counted; let less vary");
      }
      size *= axis.size();
    }
    return size;
  }

  /** The first of the scenarios that have the same seed. */
  long firstAlike(long index) {
    long place = 1;
    for (int i = axes.size() - 1; i >= 0; i--) {
      int size = axes.get(i).size();
      if (axes.get(i).name().equals(compared)) {
        return index - index / place % size * place;
      }
      place *= size;
    }
    return index;
  }

  private int[] choice(long index) {
    int[] choice = new int[axes.size()];
    long left = index;
    for (int i = choice.length - 1; i >= 0; i--) {
      choice[i] = (int) (left % axes.get(i).size());
      left /= axes.get(i).size();
    }
    return choice;
  }

  /** A scenario: the fields of a line in which nothing varies. */
  Map<String, @Nullable Object> scenario(long index) {
    int[] choice = choice(index);
    Node.Choice values = axis -> axes.get(axis).values().get(choice[axis]);
    Map<String, @Nullable Object> fields = template.at(values);
    if (!axes.isEmpty()) {
      Map<String, @Nullable Object> point = new LinkedHashMap<>();
      for (int i = 0; i < choice.length; i++) {
        point.put(axes.get(i).name(), values.of(i));
      }
      fields.put(POINT, point);
    }
    return fields;
  }

  /** The same with one value more on that axis: no limit. Seeds do not depend on the limit. */
  Grid withUnlimited(String limit) {
    List<Axis> more = new ArrayList<>();
    for (Axis axis : axes) {
      more.add(axis.name().equals(limit) ? withUnlimited(axis) : axis);
    }
    return new Grid(more, template, limit);
  }

  private static Axis withUnlimited(Axis axis) {
    boolean has =
        axis.values().stream()
            .map(value -> Quantity.of(axis.name(), value))
            .flatMap(Optional::stream)
            .anyMatch(Quantity::isUnlimited);
    List<@Nullable Object> values = new ArrayList<>(axis.values());
    if (!has) {
      values.add(UNLIMITED);
    }
    return new Axis(axis.name(), values);
  }
}
