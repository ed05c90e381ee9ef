package io.github.vcgroupfs.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A thing that varies. Immutable.
 *
 * @param name the field or the variable
 * @param values what it is in turn, as it was written; null is a value, too
 */
record Axis(String name, List<@Nullable Object> values) {
  Axis {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  int size() {
    return values.size();
  }

  Axis renamed(String other) {
    return new Axis(other, values);
  }

  /** A value, for people. */
  static String text(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Axis::text).collect(Collectors.joining(" "));
    }
    return value == null ? "default" : String.valueOf(value);
  }
}
