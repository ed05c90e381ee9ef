package io.github.vcgroupfs.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A free-form scenario: groups, and what happens to them at which time. Immutable.
 *
 * @param name free text
 * @param seconds how long it lasts
 * @param groups paths, parents before children
 * @param steps what happens, in the order it was written
 */
record FreeScenario(String name, double seconds, List<String> groups, List<Step> steps) {
  /** What the field {@code kind} says. */
  static final String KIND = "free";

  private static final String GROUP_NAME = "[A-Za-z0-9_.-]{1,64}(/[A-Za-z0-9_.-]{1,64})*";

  /**
   * A thing that happens. Immutable.
   *
   * @param atNs when, nanoseconds
   * @param group to which group
   * @param action what
   * @param number its value, if it is a number
   * @param pages its value, if it is three page counts
   * @param text its value, if it is a text
   */
  record Step(
      long atNs,
      String group,
      Action action,
      long number,
      List<Long> pages,
      @Nullable String text) {

    /** The value, as one would write it into a file. */
    String value() {
      return switch (action) {
        case LIMIT, KMEM_LIMIT, MEMORY_LIMIT, INDEPENDENT_KMEM_LIMIT, USE_HIERARCHY ->
            Long.toString(number);
        case TCP_MEM -> pages.stream().map(String::valueOf).collect(Collectors.joining(" "));
        case FLOWS -> String.valueOf(text);
      };
    }
  }

  /** A scenario of those fields, if it asks for no more than that. */
  static FreeScenario of(Map<String, Object> values, Budget.Limits most) throws ScenarioException {
    Fields fields = new Fields(values);
    double seconds = fields.number("seconds", 10, most.seconds());
    List<String> groups = groups(fields, most.groups());
    List<Step> steps = steps(fields, groups, seconds);
    return new FreeScenario(fields.text("name", ""), seconds, groups, steps);
  }

  /**
   * The steps of a scenario.
   *
   * @param groups those that a step can name; the first is meant if it names none
   * @param seconds how long the scenario lasts
   */
  static List<Step> steps(Fields fields, List<String> groups, double seconds)
      throws ScenarioException {
    List<Step> steps = new ArrayList<>();
    int number = 0;
    for (Object each : fields.list("steps")) {
      number++;
      if (!(each instanceof Map<?, ?> step)) {
        throw new ScenarioException(
            "step %d: is %s; write an object in braces".formatted(number, each));
      }
      try {
        steps.add(step(new Fields(keyed(step)), groups, seconds));
      } catch (ScenarioException wrong) {
        throw new ScenarioException("step %d: %s".formatted(number, wrong.getMessage()));
      }
    }
    return List.copyOf(steps);
  }

  private static Map<String, Object> keyed(Map<?, ?> object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.forEach((key, value) -> fields.put(String.valueOf(key), value));
    return fields;
  }

  private static List<String> groups(Fields fields, int most) throws ScenarioException {
    Set<String> known = new HashSet<>();
    List<String> groups = new ArrayList<>();
    for (Object each : fields.list("groups")) {
      String path = String.valueOf(each);
      int slash = path.lastIndexOf('/');
      boolean orphan = slash > 0 && !known.contains(path.substring(0, slash));
      if (!(each instanceof String) || !path.matches(GROUP_NAME) || orphan || !known.add(path)) {
        throw fields.wrong(
            "groups",
            each,
            "names such as \"web\" or \"web/front\", each once, a parent before its children");
      }
      groups.add(path);
    }
    if (groups.isEmpty()) {
      throw fields.wrong("groups", "[]", "at least one name");
    }
    if (groups.size() > most) {
      throw fields.wrong("groups", groups.size() + " names", "at most " + most);
    }
    return List.copyOf(groups);
  }

  private static Step step(Fields fields, List<String> groups, double seconds)
      throws ScenarioException {
    double atMs = fields.has("at_ms") ? fields.time("at_ms", seconds * 1000) : 0;
    String group = fields.text("group", groups.get(0));
    if (!groups.contains(group)) {
      throw fields.wrong("group", group, "one of " + String.join(", ", groups));
    }
    Action action = null;
    for (Action each : Action.values()) {
      if (fields.has(each.key())) {
        if (action != null) {
          throw fields.wrong(each.key(), "a second thing", "one thing a step");
        }
        action = each;
      }
    }
    for (String key : fields.values().keySet()) {
      if (!key.equals("at_ms") && !key.equals("group") && !isAction(key)) {
        throw fields.wrong(key, "not known", "at_ms, group, and one of " + actions());
      }
    }
    if (action == null) {
      throw new ScenarioException("does nothing; write one of " + actions());
    }
    long number = 0;
    List<Long> pages = List.of();
    String text = null;
    switch (action) {
      case LIMIT, KMEM_LIMIT, MEMORY_LIMIT ->
          number = fields.integer(action.key(), null, -1, Long.MAX_VALUE);
      case INDEPENDENT_KMEM_LIMIT, USE_HIERARCHY ->
          number = fields.integer(action.key(), null, 0, 1);
      case TCP_MEM -> pages = fields.ascending(action.key());
      case FLOWS -> text = fields.text(action.key(), null);
    }
    return new Step((long) (atMs * 1e6), group, action, number, pages, text);
  }

  private static boolean isAction(String key) {
    for (Action each : Action.values()) {
      if (each.key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static String actions() {
    List<String> keys = new ArrayList<>();
    for (Action each : Action.values()) {
      keys.add(each.key());
    }
    return String.join(", ", keys);
  }
}
