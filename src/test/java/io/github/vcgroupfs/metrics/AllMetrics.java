package io.github.vcgroupfs.metrics;

import io.github.vcgroupfs.columns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All metrics that there are, in the order of a page. */
final class AllMetrics {
  private AllMetrics() {}

  static List<Family> ofGroups() {
    GroupFamilies families = new GroupFamilies();
    return Column.all().stream().map(families::of).toList();
  }

  /** Those whose labels are what they say, and what that is. */
  static SortedMap<String, String> texts() {
    return new TreeMap<>(
        Map.of(
            HierarchyCollector.BUILD + "_info",
            HierarchyCollector.BUILD_HELP,
            HierarchyCollector.HIERARCHY + "_info",
            HierarchyCollector.HIERARCHY_HELP));
  }

  /** Those of the whole. */
  static List<Family> ofTheWhole() {
    return List.of(
        HierarchyCollector.UP,
        HierarchyCollector.GROUPS,
        HierarchyCollector.LOOK,
        HierarchyCollector.TIME);
  }

  static List<String> names() {
    List<Family> all = new ArrayList<>(ofGroups());
    all.addAll(ofTheWhole());
    return all.stream().map(Family::name).toList();
  }
}
