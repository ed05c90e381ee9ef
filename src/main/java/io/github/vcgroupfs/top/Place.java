package io.github.vcgroupfs.top;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where in the table a user is. Immutable.
 *
 * @param selected the path of the selected group
 * @param index which row that was when it was last seen, for when it is gone
 * @param first the first row that is on the screen
 * @param folded groups whose children are not shown
 */
record Place(String selected, int index, int first, Set<String> folded) {
  Place {
    folded = Set.copyOf(folded);
  }

  static Place start() {
    return new Place("/", 0, 0, Set.of());
  }

  Place select(Row row, int at) {
    return new Place(row.path(), at, first, folded);
  }

  Place fold(String path) {
    Set<String> more = new HashSet<>(folded);
    more.add(path);
    return new Place(selected, index, first, more);
  }

  Place unfold(String path) {
    Set<String> less = new HashSet<>(folded);
    less.remove(path);
    return new Place(selected, index, first, less);
  }

  /**
   * The same in a table that may have changed: a group that is gone has its neighbour selected, and
   * the selected row is on the screen.
   *
   * @param height rows of groups on the screen
   */
  Place settled(List<Row> rows, int height) {
    if (rows.isEmpty()) {
      return new Place(selected, 0, 0, folded);
    }
    int at = indexOf(rows);
    int shown = Math.max(1, height);
    int lowest = Math.max(0, at - shown + 1);
    int highest = Math.min(at, Math.max(0, rows.size() - shown));
    int from = Math.max(lowest, Math.min(first, highest));
    return new Place(rows.get(at).path(), at, from, folded);
  }

  /** Which row is selected now. */
  int indexOf(List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).path().equals(selected)) {
        return i;
      }
    }
    return Math.max(0, Math.min(index, rows.size() - 1));
  }
}
