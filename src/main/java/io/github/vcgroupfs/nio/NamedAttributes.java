package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The attributes of a kind of view, each with its name and where its value is found. Immutable.
 *
 * @param <A> what the values are found in
 */
final class NamedAttributes<A> {
  private final Map<String, Function<A, Object>> rows;

  private NamedAttributes(Map<String, Function<A, Object>> rows) {
    this.rows = rows;
  }

  /** Reads what the values are found in. */
  interface Source<A> {
    A read() throws IOException;
  }

  static <A> NamedAttributes<A> none() {
    return new NamedAttributes<>(Map.of());
  }

  /** These, and one more. */
  NamedAttributes<A> with(String name, Function<A, Object> value) {
    Map<String, Function<A, Object>> more = new LinkedHashMap<>(rows);
    more.put(name, value);
    return new NamedAttributes<>(more);
  }

  /**
   * The values of names; {@code *} stands for all.
   *
   * @throws IllegalArgumentException for a name that there is not, before anything is read
   */
  Map<String, Object> read(String requested, Source<A> source) throws IOException {
    List<String> names = Arrays.asList(requested.split(",", 0));
    for (String name : names) {
      if (!name.equals("*") && !rows.containsKey(name)) {
        throw new IllegalArgumentException("'" + name + "' not recognized");
      }
    }
    A found = source.read();
    Map<String, Object> values = new HashMap<>();
    rows.forEach(
        (name, value) -> {
          if (names.contains("*") || names.contains(name)) {
            values.put(name, value.apply(found));
          }
        });
    return Collections.unmodifiableMap(values);
  }
}
