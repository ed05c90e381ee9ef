package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.Hierarchy;
import java.util.EnumMap;
import java.util.Map;

/** Says what a hierarchy is. Has no state. */
final class Sources {
  private Sources() {}

  static Source of(Hierarchy hierarchy) {
    Map<Column, String> unknown = new EnumMap<>(Column.class);
    for (Column each : Column.all()) {
      hierarchy.whyUnknown(each).ifPresent(why -> unknown.put(each, why));
    }
    return new Source(hierarchy.directory().toString(), kind(hierarchy), unknown);
  }

  private static String kind(Hierarchy hierarchy) {
    if (!hierarchy.isOurs()) {
      return "the kernel's own";
    }
    String profile = hierarchy.profile().orElse("vcgroupfs");
    return hierarchy.isStrict() ? profile + " --strict" : profile;
  }
}
