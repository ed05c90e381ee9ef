package io.github.vcgroupfs.metrics;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Unit;
import java.util.EnumMap;
import java.util.Map;

/** Which column of a group has which name, and how its numbers are shown. Immutable. */
final class GroupFamilies {
  /**
   * From here on cAdvisor takes a limit for none ({@code metrics/prometheus.go} specMemoryValue).
   */
  static final double CADVISOR_UNLIMITED = 0;

  /** With names that are ours: a limit of 0 is one, and means that nothing may be charged. */
  static final double UNLIMITED = Double.POSITIVE_INFINITY;

  private static final String CADVISOR = "container_";
  private static final double SECOND_MS = 1000;

  private final Map<Column, Family> families = new EnumMap<>(Column.class);

  GroupFamilies() {
    for (Column each : Column.all()) {
      families.put(each, new Family(name(each), type(each), help(each)));
    }
  }

  /** The metric that shows a column. */
  Family of(Column column) {
    Family family = families.get(column);
    if (family == null) {
      throw new IllegalArgumentException(column + " has no name");
    }
    return family;
  }

  /** A number of that column, in the unit of its metric. */
  double value(Column column, long raw) {
    if (column.isLimit() && raw == Column.UNLIMITED) {
      return isCadvisors(name(column)) ? CADVISOR_UNLIMITED : UNLIMITED;
    }
    return column.unit() == Unit.MILLISECONDS ? raw / SECOND_MS : raw;
  }

  private static boolean isCadvisors(String name) {
    return name.startsWith(CADVISOR);
  }

  private static Family.Type type(Column column) {
    if (!column.isCounter()) {
      return Family.Type.GAUGE;
    }
    return isCadvisors(name(column)) ? Family.Type.UNTYPED : Family.Type.COUNTER;
  }

  private static String help(Column column) {
    String help = column.help();
    String sentence = Character.toUpperCase(help.charAt(0)) + help.substring(1);
    if (!column.isLimit()) {
      return sentence + ".";
    }
    return "%s; %s: there is none.".formatted(sentence, isCadvisors(name(column)) ? "0" : "+Inf");
  }

  /** Those of cAdvisor where it has the same number; its other names mean something else. */
  private static String name(Column column) {
    return switch (column) {
      case USAGE -> "container_memory_usage_bytes";
      case MAX_USAGE -> "container_memory_max_usage_bytes";
      case LIMIT -> "container_spec_memory_limit_bytes";
      case FAILCNT -> "container_memory_failcnt";
      // container_memory_swap is the swap alone
      case MEMSW_USAGE -> "vcgroupfs_memsw_usage_bytes";
      case MEMSW_MAX_USAGE -> "vcgroupfs_memsw_max_usage_bytes";
      case MEMSW_LIMIT -> "container_spec_memory_swap_limit_bytes";
      case MEMSW_FAILCNT -> "vcgroupfs_memsw_failcnt_total";
      case KMEM_USAGE -> "container_memory_kernel_usage";
      case KMEM_MAX_USAGE -> "vcgroupfs_kmem_max_usage_bytes";
      case KMEM_LIMIT -> "vcgroupfs_kmem_limit_bytes";
      case KMEM_FAILCNT -> "vcgroupfs_kmem_failcnt_total";
      case TCP_USAGE -> "vcgroupfs_tcp_usage_bytes";
      case TCP_MAX_USAGE -> "vcgroupfs_tcp_max_usage_bytes";
      case TCP_LIMIT -> "vcgroupfs_tcp_limit_bytes";
      case TCP_FAILCNT -> "vcgroupfs_tcp_failcnt_total";
      // container_sockets counts sockets of every kind
      case SOCKETS -> "vcgroupfs_tcp_sockets";
      case PRESSURE -> "vcgroupfs_tcp_pressure";
      case PRESSURE_ENTERED -> "vcgroupfs_tcp_pressure_entered_total";
      case PRESSURE_MS -> "vcgroupfs_tcp_pressure_seconds_total";
      case WINDOW -> "vcgroupfs_tcp_window_bytes";
      case SENT -> "vcgroupfs_tcp_sent_bytes_total";
      case RECEIVED -> "vcgroupfs_tcp_received_bytes_total";
      case PRUNED -> "vcgroupfs_tcp_pruned_total";
      case DROPPED -> "vcgroupfs_tcp_dropped_segments_total";
      case ZERO_WINDOW -> "vcgroupfs_tcp_zero_windows_total";
      case SEND_REFUSED -> "vcgroupfs_tcp_refused_sends_total";
      case PROCS -> "container_processes";
    };
  }
}
