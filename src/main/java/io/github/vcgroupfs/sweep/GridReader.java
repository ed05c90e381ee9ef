package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what varies in a line. Not thread-safe; used once. */
final class GridReader {
  /** The field with the variables. */
  static final String VARY = "vary";

  /** What takes a list anyway: there, several values are a list of lists. */
  private static final Set<String> LISTS = Set.of("groups", "steps", "tcp_mem", "wmem", "rmem");

  private static final String STEPS = "steps";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<Found> found = new ArrayList<>();
  private final Map<String, Integer> variables = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  /**
   * An axis, and where it is.
   *
   * @param place in front of its name, if another has the same
   */
  private record Found(String place, Axis axis) {}

  /** The grid of a line. */
  Grid read(Map<String, Object> line) throws ScenarioException {
    if (line.containsKey(VARY)) {
      variables(line.get(VARY));
    }
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(line);
    rest.remove(VARY);
    Node.Members template = members("", rest);
    for (String each : variables.keySet()) {
      if (!used.contains(each)) {
        throw new ScenarioException(
            "\"%s\": nothing uses %s; write ${%s} where it belongs, or leave it out"
                .formatted(VARY, each, each));
      }
    }
    Grid grid = new Grid(axes(), template, "");
    grid.size(); // so many that they cannot be counted are refused here
    return grid;
  }

  private void variables(@Nullable Object vary) throws ScenarioException {
    if (!(vary instanceof Map<?, ?> object)) {
      throw new ScenarioException(
          "\"%s\": is %s; write names and their values: {\"rate\": [\"1M\", \"10M\"]}"
              .formatted(VARY, vary));
    }
    for (Map.Entry<?, ?> each : object.entrySet()) {
      String name = String.valueOf(each.getKey());
      if (!NAME.matcher(name).matches()) {
        throw new ScenarioException(
            "\"%s\": \"%s\" is no name; write letters, digits and _".formatted(VARY, name));
      }
      if (!(each.getValue() instanceof List<?>) && !isRange(each.getValue())) {
        throw new ScenarioException(
            "\"%s\": %s is %s; write a list of values, or a range"
                .formatted(VARY, name, each.getValue()));
      }
      variables.put(name, found.size());
      add("", name, each.getValue());
    }
  }

  private static boolean isRange(@Nullable Object value) {
    return value instanceof Map<?, ?> object && Range.isOne(object);
  }

  /** Adds an axis; its number. */
  private int add(String place, String name, Object values) throws ScenarioException {
    List<@Nullable Object> all = new ArrayList<>();
    if (values instanceof Map<?, ?> range) {
      all.addAll(Range.of(name, range).values());
    } else {
      all.addAll((List<?>) values);
    }
    if (all.isEmpty()) {
      throw new ScenarioException(
          "\"%s\": is an empty list; write at least one value".formatted(name));
    }
    if (new HashSet<>(all).size() < all.size()) {
      throw new ScenarioException(
          "\"%s\": a value is there twice; write each once".formatted(name));
    }
    found.add(new Found(place, new Axis(name, all)));
    return found.size() - 1;
  }

  private Node.Members members(String place, Map<?, ?> object) throws ScenarioException {
    Map<String, Node> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : object.entrySet()) {
      String key = String.valueOf(each.getKey());
      members.put(key, node(place, key, each.getValue()));
    }
    return new Node.Members(members);
  }

  private Node node(String place, String key, @Nullable Object value) throws ScenarioException {
    if (value instanceof Map<?, ?> object) {
      return Range.isOne(object) ? varied(place, key, object) : members(place, object);
    }
    if (value instanceof List<?> list) {
      return LISTS.contains(key) ? list(place, key, list) : varied(place, key, list);
    }
    boolean bytes = Quantity.isBytes(key);
    if (value instanceof String text) {
      return text.contains("${") ? text(key, text, bytes) : fixed(text, bytes);
    }
    return new Node.Fixed(value);
  }

  private static Node fixed(String text, boolean bytes) {
    return new Node.Fixed(bytes ? Quantity.withoutLetters(text) : text);
  }

  private Node varied(String place, String key, Object values) throws ScenarioException {
    return new Node.Varied(add(place, key, values), Quantity.isBytes(key));
  }

  /** A list of the language: all of it varies, or parts of it. */
  private Node list(String place, String key, List<?> list) throws ScenarioException {
    boolean lists = list.stream().allMatch(each -> each == null || each instanceof List<?>);
    if (lists && !list.isEmpty()) {
      return varied(place, key, list);
    }
    List<Node> items = new ArrayList<>();
    for (Object each : list) {
      int number = items.size() + 1;
      if (each instanceof Map<?, ?> step && !Range.isOne(step)) {
        items.add(members(key.equals(STEPS) ? "step" + number + "." : place, step));
      } else {
        items.add(element(place, key, number, each));
      }
    }
    return new Node.Items(items);
  }

  private Node element(String place, String key, int number, @Nullable Object value)
      throws ScenarioException {
    if (value instanceof List<?>) {
      throw new ScenarioException(
          ("\"%s\": item %d is %s; if the whole list varies, write a list of lists, and if one item"
                  + " does, a range or ${…} there")
              .formatted(key, number, value));
    }
    if (value instanceof Map<?, ?> range) {
      String name = key + "." + number;
      return new Node.Varied(add(place, name, range), Quantity.isBytes(key));
    }
    return node(place, key, value);
  }

  private Node text(String key, String text, boolean bytes) throws ScenarioException {
    List<Node> parts = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(text);
    int at = 0;
    while (variable.find()) {
      Integer axis = variables.get(variable.group(1));
      if (axis == null) {
        throw new ScenarioException(
            "\"%s\": there is no variable %s; \"%s\" has: %s"
                .formatted(key, variable.group(), VARY, String.join(", ", variables.keySet())));
      }
      used.add(variable.group(1));
      if (variable.start() == 0 && variable.end() == text.length()) {
        return new Node.Varied(axis, bytes);
      }
      parts.add(new Node.Fixed(text.substring(at, variable.start())));
      parts.add(new Node.Varied(axis, false));
      at = variable.end();
    }
    parts.add(new Node.Fixed(text.substring(at)));
    return new Node.Text(parts);
  }

  /** Each with a name of its own. */
  private List<Axis> axes() throws ScenarioException {
    List<Axis> axes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Found each : found) {
      String name = each.axis().name();
      boolean alone = found.stream().filter(other -> other.axis().name().equals(name)).count() == 1;
      Axis axis = alone ? each.axis() : each.axis().renamed(each.place() + name);
      if (!names.add(axis.name())) {
        throw new ScenarioException(
            "\"%s\": a variable has the name of a field that varies, too; take another"
                .formatted(axis.name()));
      }
      axes.add(axis);
    }
    return axes;
  }
}
