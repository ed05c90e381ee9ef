package io.github.vcgroupfs.top;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Rates;
import io.github.vcgroupfs.watch.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Snapshots as JSON objects, one a line, of ASCII only, so that no locale spoils a name. A column
 * that is not known is left out; a limit that limits nothing is {@code "unlimited"}, as in {@code
 * serve}. Has no state.
 */
final class SnapshotJson {
  private static final String UNLIMITED = "unlimited";

  private static final JSON WRITER =
      new JSON(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private SnapshotJson() {}

  /**
   * One line, without its end.
   *
   * @param before what was seen before that: with it, counters get their rates
   * @param filter part of the paths of those that are wanted; empty: all are
   */
  static String line(Hierarchy hierarchy, Snapshot now, Optional<Snapshot> before, String filter)
      throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("timeMs", now.timeMs());
    object.put("directory", hierarchy.directory().toString());
    object.put("ours", hierarchy.isOurs());
    object.put("strict", hierarchy.isStrict());
    hierarchy.profile().ifPresent(id -> object.put("profile", id));
    object.put("unknown", unknown(hierarchy));
    List<Map<String, Object>> groups = new ArrayList<>();
    for (GroupSample each : now.groups()) {
      if (Table.matches(each, filter)) {
        groups.add(group(each, now, before));
      }
    }
    object.put("groups", groups);
    return WRITER.asString(object);
  }

  /** A line for a time at which nothing can be seen. */
  static String trouble(String why) throws IOException {
    return WRITER.asString(Map.of("error", why));
  }

  private static Map<String, String> unknown(Hierarchy hierarchy) {
    Map<String, String> unknown = new LinkedHashMap<>();
    for (Column each : Column.all()) {
      hierarchy.whyUnknown(each).ifPresent(why -> unknown.put(each.id(), why));
    }
    return unknown;
  }

  private static Map<String, Object> group(
      GroupSample group, Snapshot now, Optional<Snapshot> before) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("path", group.path());
    for (Column each : Column.all()) {
      group.get(each).ifPresent(value -> object.put(each.id(), value(group, each, value)));
    }
    before.ifPresent(earlier -> object.put("per_second", rates(group, now, earlier)));
    return object;
  }

  private static Object value(GroupSample group, Column column, long value) {
    return group.isUnlimited(column) ? UNLIMITED : (Object) value;
  }

  private static Map<String, Double> rates(GroupSample group, Snapshot now, Snapshot before) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Column each : Column.all()) {
      if (each.isCounter()) {
        OptionalDouble rate = Rates.perSecond(before, now, group.path(), each);
        rate.ifPresent(value -> rates.put(each.id(), value));
      }
    }
    return rates;
  }
}
