package io.github.vcgroupfs.top;

import io.github.vcgroupfs.watch.GroupSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The groups of a frame in the order and the shape that a view asks for. Used by one thread. */
final class Table {
  private static final String ROOT = "/";

  private final Frame frame;
  private final View view;
  private final Signs signs;
  private final Set<String> folded;
  private final Map<String, OptionalDouble> values = new HashMap<>();
  private final Map<String, List<GroupSample>> children = new HashMap<>();
  private final Set<String> matching = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private final List<Row> rows = new ArrayList<>();

  private Table(Frame frame, State state, Signs signs) {
    this.frame = frame;
    this.view = state.view();
    this.signs = signs;
    this.folded = state.place().folded();
  }

  /** The rows from the first to the last, whether they are on the screen or not. */
  static List<Row> rows(Frame frame, State state, Signs signs) {
    Table table = new Table(frame, state, signs);
    table.look();
    if (table.view.tree()) {
      table.addTree();
    } else {
      table.addList();
    }
    return table.rows;
  }

  private void look() {
    List<GroupSample> all = frame.now().groups();
    Set<String> there = new HashSet<>();
    all.forEach(each -> there.add(each.path()));
    for (GroupSample each : all) {
      String path = each.path();
      values.put(path, frame.value(view.sort(), each));
      if (!path.equals(ROOT)) {
        children.computeIfAbsent(parent(path, there), unknown -> new ArrayList<>()).add(each);
      }
      if (matches(each, view.filter())) {
        matching.add(path);
        for (String up = path; wanted.add(up) && !up.equals(ROOT); ) {
          up = parent(up, there);
        }
      }
    }
    children.values().forEach(each -> each.sort(order()));
  }

  /** Whether a filter lets a group through: its path is as it is shown. */
  static boolean matches(GroupSample group, String filter) {
    return group.path().toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
  }

  /** A group that is made while the others are read may be seen before its parent is. */
  private static String parent(String path, Set<String> there) {
    String up = path;
    do {
      int slash = up.lastIndexOf('/');
      up = slash <= 0 ? ROOT : up.substring(0, slash);
    } while (!up.equals(ROOT) && !there.contains(up));
    return up;
  }

  private void addList() {
    frame.now().groups().stream()
        .filter(each -> matching.contains(each.path()))
        .sorted(order())
        .forEach(each -> rows.add(row(each, "", CellText.printable(each.path()), 0)));
  }

  private void addTree() {
    frame.now().group(ROOT).filter(each -> wanted.contains(ROOT)).ifPresent(this::addRoot);
  }

  private void addRoot(GroupSample root) {
    int hidden = hidden(root);
    rows.add(row(root, "", ROOT, hidden));
    if (hidden == 0) {
      addChildren(root, "");
    }
  }

  private void addChildren(GroupSample parent, String lead) {
    List<GroupSample> shown =
        children.getOrDefault(parent.path(), List.of()).stream()
            .filter(each -> wanted.contains(each.path()))
            .toList();
    for (int i = 0; i < shown.size(); i++) {
      GroupSample each = shown.get(i);
      boolean last = i == shown.size() - 1;
      int hidden = hidden(each);
      rows.add(row(each, lead + (last ? signs.lastBranch() : signs.branch()), name(each), hidden));
      if (hidden == 0) {
        addChildren(each, lead + (last ? "  " : signs.trunk()));
      }
    }
  }

  private static String name(GroupSample group) {
    return CellText.printable(group.path().substring(group.path().lastIndexOf('/') + 1));
  }

  private Row row(GroupSample group, String lead, String name, int hidden) {
    return new Row(group, lead, name, hidden, !matching.contains(group.path()));
  }

  /** Groups that are not shown because this one is folded. A filter finds them all the same. */
  private int hidden(GroupSample group) {
    return folded.contains(group.path()) && view.filter().isEmpty() ? below(group.path()) : 0;
  }

  private int below(String path) {
    List<GroupSample> direct = children.getOrDefault(path, List.of());
    return direct.size() + direct.stream().mapToInt(each -> below(each.path())).sum();
  }

  /** The largest number first; what is not known comes last in any case. */
  private Comparator<GroupSample> order() {
    Comparator<GroupSample> byPath = Comparator.comparing(GroupSample::path);
    if (view.sort() == Field.NAME) {
      return view.reversed() ? byPath.reversed() : byPath;
    }
    Comparator<GroupSample> byNumber = Comparator.comparingDouble(this::number);
    return Comparator.comparing((GroupSample each) -> value(each).isEmpty())
        .thenComparing(view.reversed() ? byNumber : byNumber.reversed())
        .thenComparing(byPath);
  }

  private OptionalDouble value(GroupSample group) {
    return values.getOrDefault(group.path(), OptionalDouble.empty());
  }

  private double number(GroupSample group) {
    return value(group).orElse(0);
  }
}
