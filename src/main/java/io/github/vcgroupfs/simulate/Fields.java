package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.BufferSizes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read one by one with their ranges. Immutable.
 *
 * @param values as the parser gave them
 */
record Fields(Map<String, Object> values) {

  boolean has(String key) {
    return values.get(key) != null;
  }

  String text(String key, @Nullable String otherwise) throws ScenarioException {
    Object value = values.get(key);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrong(key, value, "a text in quotes");
  }

  long integer(String key, @Nullable Long otherwise, long least, long most)
      throws ScenarioException {
    Object value = values.get(key);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if ((value instanceof Integer || value instanceof Long || value instanceof BigInteger)) {
      BigInteger number = new BigInteger(value.toString());
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.longValue();
      }
    }
    throw wrong(key, value, "an integer from " + least + " to " + most);
  }

  double number(String key, double otherwise, double most) throws ScenarioException {
    Object value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds > 0 && seconds <= most) {
        return seconds;
      }
    }
    throw wrong(key, value, "a number above 0, at most " + most);
  }

  /** A time from 0 to the end. */
  double time(String key, double most) throws ScenarioException {
    Object value = values.get(key);
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw wrong(key, value, "a number from 0 to " + most);
  }

  /** Three page counts, none below the one before. */
  List<Long> ascending(String key) throws ScenarioException {
    Object value = values.get(key);
    List<Long> counts = new ArrayList<>();
    boolean good = false;
    if (value instanceof List<?> list && list.size() == 3) {
      good = true;
      long last = 0;
      for (Object each : list) {
        boolean whole = each instanceof Integer || each instanceof Long;
        long count = whole ? ((Number) each).longValue() : -1;
        good &= count >= last;
        last = count;
        counts.add(count);
      }
    }
    if (!good) {
      throw wrong(key, value, "three ascending page counts, such as [1000, 2000, 3000]");
    }
    return List.copyOf(counts);
  }

  /** A {@code [min, default, max]} of bytes; null: the profile's. */
  @Nullable BufferSizes sizes(String key, int most) throws ScenarioException {
    Object value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list && list.size() == 3) {
      int[] sizes = new int[3];
      boolean good = true;
      for (int i = 0; i < 3; i++) {
        good &= list.get(i) instanceof Integer;
        sizes[i] = list.get(i) instanceof Integer size ? size : 0;
        good &= sizes[i] > 0 && sizes[i] <= most;
      }
      if (good) {
        return new BufferSizes(sizes[0], sizes[1], sizes[2]);
      }
    }
    throw wrong(
        key, value, "null, or three byte counts from 1 to " + most + ": [min, default, max]");
  }

  /** Objects in a list. */
  List<?> list(String key) throws ScenarioException {
    Object value = values.get(key);
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key, value, "a list in brackets");
  }

  ScenarioException wrong(String key, @Nullable Object value, String right) {
    return new ScenarioException("\"%s\": %s; write %s".formatted(key, said(value), right));
  }

  private static String said(@Nullable Object value) {
    return value == null ? "is missing" : "is " + value;
  }
}
