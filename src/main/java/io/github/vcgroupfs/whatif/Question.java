package io.github.vcgroupfs.whatif;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.simulate.Budget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know. Immutable.
 *
 * @param viewer who asks: of one viewer only the latest question counts
 * @param scenario the fields of a line of {@code simulate}
 * @param profiles the kernels to ask, one or two
 * @param seed the seed of everything random
 * @param points how many points a curve may have
 * @param steps how much work it may be
 */
record Question(
    String viewer,
    Map<String, Object> scenario,
    List<KernelProfile> profiles,
    long seed,
    int points,
    long steps) {

  /*
   * What fits into the patience of somebody who drags a slider: a second or two of one processor,
   * and some ten megabytes.
   */
  private static final int MOST_CONNECTIONS = 256;
  private static final double MOST_SECONDS = 120;
  private static final int MOST_BUFFER_BYTES = 16 << 20;
  private static final int MOST_GROUPS = 8;
  private static final long MOST_STEPS = 3_000_000;

  private static final int MOST_PROFILES = 2;
  private static final long USUAL_POINTS = 400;
  private static final int LEAST_POINTS = 20;
  private static final int MOST_POINTS = 2_000;
  private static final int VIEWER_LENGTH = 64;

  /** The question in that JSON object, about some of these kernels. */
  static Question of(String json, List<KernelProfile> known) throws WhatIfException {
    Map<String, Object> fields = parse(json);
    Object scenario = fields.get("scenario");
    if (!(scenario instanceof Map<?, ?> object)) {
      throw wrong("scenario", scenario, "an object with the fields of a line of simulate");
    }
    Map<String, Object> keyed = new LinkedHashMap<>();
    object.forEach((key, value) -> keyed.put(String.valueOf(key), value));
    return new Question(
        viewer(fields.get("viewer")),
        keyed,
        profiles(fields.get("profiles"), known),
        integer(fields, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) integer(fields, "points", USUAL_POINTS, LEAST_POINTS, MOST_POINTS),
        integer(fields, "steps", MOST_STEPS, 1, MOST_STEPS));
  }

  /** What the scenario may ask for. */
  Budget.Limits limits() {
    return new Budget.Limits(MOST_CONNECTIONS, MOST_SECONDS, MOST_BUFFER_BYTES, MOST_GROUPS, steps);
  }

  /** The line that {@code simulate} takes. */
  String line() throws IOException {
    return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(scenario);
  }

  private static Map<String, Object> parse(String json) throws WhatIfException {
    try {
      Map<String, Object> fields = JSON.std.mapFrom(json);
      if (fields != null) { // the word null is no error to the library
        return fields;
      }
      throw notAnObject();
    } catch (JacksonException bad) {
      throw notAnObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("a text cannot fail to be read", impossible);
    }
  }

  private static WhatIfException notAnObject() {
    return new WhatIfException(
        Reply.Kind.WRONG,
        "not a JSON object: write {\"scenario\":{\"kind\":\"fill\",\"limit\":65536,"
            + "\"connections\":1,\"chunk\":16384},\"profiles\":[\"lwn-2011\"]}");
  }

  private static String viewer(@Nullable Object value) throws WhatIfException {
    if (value instanceof String name && !name.isEmpty() && name.length() <= VIEWER_LENGTH) {
      return name;
    }
    throw wrong("viewer", value, "a text of 1 to " + VIEWER_LENGTH + " letters, each page its own");
  }

  private static List<KernelProfile> profiles(@Nullable Object value, List<KernelProfile> known)
      throws WhatIfException {
    String right =
        "a list of one or two of "
            + known.stream().map(KernelProfile::id).collect(Collectors.joining(", "));
    if (!(value instanceof List<?> ids) || ids.isEmpty() || ids.size() > MOST_PROFILES) {
      throw wrong("profiles", value, right);
    }
    List<KernelProfile> profiles = new ArrayList<>();
    for (Object id : ids) {
      profiles.add(
          known.stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow(() -> wrong("profiles", id, right)));
    }
    return List.copyOf(profiles);
  }

  private static long integer(
      Map<String, Object> fields, String key, long otherwise, long least, long most)
      throws WhatIfException {
    Object value = fields.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw wrong(key, value, "an integer from " + least + " to " + most);
  }

  private static WhatIfException wrong(String key, @Nullable Object value, String right) {
    return new WhatIfException(
        Reply.Kind.WRONG,
        "\"%s\": %s; write %s".formatted(key, value == null ? "is missing" : "is " + value, right));
  }
}
