package io.github.vcgroupfs.metrics;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Snapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the last look has seen, as metrics. What is not known of a group is left out, and so are all
 * groups if the hierarchy cannot be looked at. Thread-safe.
 */
final class HierarchyCollector implements MultiCollector {
  static final Family UP =
      new Family(
          "vcgroupfs_up",
          Family.Type.GAUGE,
          "Whether the hierarchy can be looked at (1) or not (0).");
  static final Family GROUPS =
      new Family("vcgroupfs_groups", Family.Type.GAUGE, "Groups that the last look has seen.");
  static final Family LOOK =
      new Family(
          "vcgroupfs_look_duration_seconds",
          Family.Type.GAUGE,
          "How long the last look at the hierarchy took.");
  static final Family TIME =
      new Family(
          "vcgroupfs_look_timestamp_seconds",
          Family.Type.GAUGE,
          "When the last look began, since 1970; time() minus this is the age of the numbers.");

  /** The library adds {@code _info} to both. */
  static final String BUILD = "vcgroupfs_build";

  static final String BUILD_HELP = "The version and commit of vcgroupfs that answers.";
  static final String HIERARCHY = "vcgroupfs_hierarchy";
  static final String HIERARCHY_HELP =
      "The hierarchy that is looked at: its directory, whether it is vcgroupfs or a kernel's, and the"
          + " profile of a mount.";

  private static final double SECOND_MS = 1e3;
  private static final double SECOND_NS = 1e9;

  private final Sight sight;
  private final Labels build;
  private final GroupFamilies families = new GroupFamilies();

  HierarchyCollector(Sight sight, String version, String revision) {
    this.sight = sight;
    build = Labels.of("version", version, "revision", revision);
  }

  @Override
  public MetricSnapshots collect() {
    Optional<Snapshot> seen = sight.now();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    all.metricSnapshot(info(BUILD, BUILD_HELP, build));
    all.metricSnapshot(info(HIERARCHY, HIERARCHY_HELP, labelsOf(sight.hierarchy())));
    add(all, UP, seen.isPresent() ? 1 : 0);
    if (seen.isPresent()) {
      Snapshot snapshot = seen.get();
      add(all, GROUPS, snapshot.groups().size());
      add(all, LOOK, snapshot.tookNs() / SECOND_NS);
      add(all, TIME, snapshot.timeMs() / SECOND_MS);
      addGroups(all, snapshot);
    }
    return all.build();
  }

  private static InfoSnapshot info(String name, String help, Labels labels) {
    return InfoSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build())
        .build();
  }

  /** An empty profile: that of a kernel, or of a mount that does not say. */
  private static Labels labelsOf(Hierarchy hierarchy) {
    return Labels.of(
        "directory",
        hierarchy.directory().toString(),
        "kind",
        hierarchy.isOurs() ? "vcgroupfs" : "kernel",
        "profile",
        hierarchy.profile().orElse(""));
  }

  private static void add(MetricSnapshots.Builder all, Family family, double value) {
    all.metricSnapshot(family.of(List.of(new Family.Point(Labels.EMPTY, value))));
  }

  private void addGroups(MetricSnapshots.Builder all, Snapshot snapshot) {
    List<GroupSample> groups = snapshot.groups();
    List<Labels> labels =
        groups.stream().map(each -> Labels.of(Metrics.GROUP, each.path())).toList();
    for (Column column : Column.all()) {
      List<Family.Point> points = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        long raw = groups.get(i).raw(column);
        if (raw != Column.UNKNOWN) {
          points.add(new Family.Point(labels.get(i), families.value(column, raw)));
        }
      }
      if (!points.isEmpty()) {
        all.metricSnapshot(families.of(column).of(points));
      }
    }
  }
}
