package io.github.vcgroupfs.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric: a name, and what stands behind it. Immutable.
 *
 * @param name as a scrape shows it
 * @param type what happens to it as time goes by
 * @param help what it is, for people
 */
record Family(String name, Type type, String help) {
  private static final String TOTAL = "_total";

  /** What happens to a number as time goes by. */
  enum Type {
    /** It goes up and down. */
    GAUGE,
    /** It grows. The name ends with {@code _total}. */
    COUNTER,
    /**
     * It grows, but has a name that no counter may have, since cAdvisor calls it so. Prometheus
     * does not look at the type: {@code rate()} works all the same.
     */
    UNTYPED
  }

  Family {
    if (name.endsWith(TOTAL) != (type == Type.COUNTER)) {
      throw new IllegalArgumentException(name + " is no name for a " + type);
    }
  }

  /** What one group, or the whole, has of it. */
  record Point(Labels labels, double value) {}

  /** What the library writes: the name with its numbers. */
  MetricSnapshot of(List<Point> points) {
    return switch (type) {
      case GAUGE ->
          new GaugeSnapshot(
              metadata(),
              points.stream()
                  .map(each -> new GaugeDataPointSnapshot(each.value(), each.labels(), null))
                  .toList());
      case COUNTER ->
          new CounterSnapshot(
              metadata(),
              points.stream()
                  .map(each -> new CounterDataPointSnapshot(each.value(), each.labels(), null, 0))
                  .toList());
      case UNTYPED ->
          new UnknownSnapshot(
              metadata(),
              points.stream()
                  .map(each -> new UnknownDataPointSnapshot(each.value(), each.labels(), null))
                  .toList());
    };
  }

  /** Without {@code _total}, which the library adds. */
  private MetricMetadata metadata() {
    String base = type == Type.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
    return new MetricMetadata(base, help, unitOf(base));
  }

  private static @Nullable Unit unitOf(String base) {
    if (base.endsWith("_bytes")) {
      return Unit.BYTES;
    }
    return base.endsWith("_seconds") ? Unit.SECONDS : null;
  }
}
