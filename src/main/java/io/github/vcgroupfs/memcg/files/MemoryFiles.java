package io.github.vcgroupfs.memcg.files;

import static io.github.vcgroupfs.cgroupfs.file.Fidelity.ENFORCED;
import static io.github.vcgroupfs.cgroupfs.file.Fidelity.REPORTED;
import static io.github.vcgroupfs.cgroupfs.file.Fidelity.STUB;
import static io.github.vcgroupfs.memcg.CounterKind.KMEM;
import static io.github.vcgroupfs.memcg.CounterKind.MEMORY;
import static io.github.vcgroupfs.memcg.CounterKind.MEMSW;
import static io.github.vcgroupfs.memcg.CounterKind.TCP;
import static io.github.vcgroupfs.memcg.files.Attribute.FAILCNT;
import static io.github.vcgroupfs.memcg.files.Attribute.LIMIT;
import static io.github.vcgroupfs.memcg.files.Attribute.MAX_USAGE;
import static io.github.vcgroupfs.memcg.files.Attribute.SOFT_LIMIT;
import static io.github.vcgroupfs.memcg.files.Attribute.USAGE;

import io.github.vcgroupfs.cgroupfs.core.CoreFiles;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NameOnlyHandler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.MemoryEvent;
import io.github.vcgroupfs.memcg.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of files of the memory controller, in the order in which the kernel registers them:
 * {@code mem_cgroup_legacy_files[]}. To add a file, add a row.
 */
public final class MemoryFiles {
  /** The owner of these files: the memory controller. */
  public static final FileOwner OWNER = FileOwner.controller(MemoryController.NAME);

  private MemoryFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return Stream.of(memoryRows(), kmemRows(), tcpRows(), memswRows())
        .flatMap(List::stream)
        .map(ControlFile.Builder::build)
        .toList();
  }

  /** The {@code sim.*} files that the memory controller serves. */
  public static Map<Served, ServedFile> served(MemoryController memory) {
    return Map.of(
        Served.TCP_STAT,
        new TcpStatFile(memory),
        Served.TCP_MEM,
        new TcpMemFile(memory.machine()),
        Served.STATIC_BRANCH,
        (group, caller) -> Reports.staticBranch(memory));
  }

  /** {@code mm/memcontrol.c mem_cgroup_files[]}. */
  private static List<ControlFile.Builder> memoryRows() {
    return List.of(
        counter("usage_in_bytes", MEMORY, USAGE, "mem_cgroup_read; rulings.md, injected usage")
            .writableWith(KernelFeature.SETTABLE_USAGE)
            .notifying(MemoryEvent.USAGE),
        counter("max_usage_in_bytes", MEMORY, MAX_USAGE, "mem_cgroup_reset"),
        counter("limit_in_bytes", MEMORY, LIMIT, "mem_cgroup_write"),
        counter("soft_limit_in_bytes", MEMORY, SOFT_LIMIT, "mem_cgroup_write")
            .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
        counter("failcnt", MEMORY, FAILCNT, "mem_cgroup_reset"),
        row("stat", new StatHandler(), REPORTED, "mem_control_stat_show"),
        row("force_empty", new ForceEmptyHandler(), ENFORCED, "mem_cgroup_force_empty_write")
            .failing(Errno.EBUSY),
        row("use_hierarchy", number(Setting.USE_HIERARCHY), ENFORCED, "mem_cgroup_hierarchy_write")
            .failing(Errno.EBUSY),
        CoreFiles.eventControl("memcg_write_event_control")
            .requiring(KernelFeature.MEMORY_EVENT_CONTROL),
        row("swappiness", number(Setting.SWAPPINESS), STUB, "mem_cgroup_swappiness_write"),
        row(
                "move_charge_at_immigrate",
                number(Setting.MOVE_CHARGE_AT_IMMIGRATE),
                STUB,
                "mem_cgroup_move_charge_write")
            .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
        row("oom_control", new OomControlHandler(), STUB, "mem_cgroup_oom_control_write")
            .deprecatedWith(KernelFeature.DEPRECATED_KNOBS)
            .notifying(MemoryEvent.OOM),
        row(
                "pressure_level",
                new NameOnlyHandler(),
                ENFORCED,
                "mm/vmpressure.c vmpressure_register_event")
            .requiring(KernelFeature.PRESSURE_LEVEL)
            .readBitWith(KernelFeature.PRESSURE_LEVEL_READABLE)
            .notifying(MemoryEvent.PRESSURE),
        row(
                "numa_stat",
                new ReportHandler(Reports::numaStat),
                REPORTED,
                "mem_control_numa_stat_show")
            .requiring(KernelFeature.NUMA_STAT));
  }

  /** {@code kmem_cgroup_files[]} of the patch set of 2011, and what became of it. */
  private static List<ControlFile.Builder> kmemRows() {
    return List.of(
        row(
                "independent_kmem_limit",
                number(Setting.INDEPENDENT_KMEM_LIMIT),
                ENFORCED,
                "patch v9 1/9, kmem_limit_independent_write")
            .failing(Errno.EBUSY)
            .requiring(KernelFeature.INDEPENDENT_KMEM_LIMIT),
        counter("kmem.usage_in_bytes", KMEM, USAGE, "patch v7 1/10; rulings.md, injected usage")
            .requiring(KernelFeature.KMEM)
            .writableWith(KernelFeature.SETTABLE_USAGE),
        counter("kmem.limit_in_bytes", KMEM, LIMIT, "patch v7 1/10; rulings.md, independent limit")
            .requiring(KernelFeature.KMEM)
            .writableWith(KernelFeature.SETTABLE_KMEM_LIMIT)
            .deprecatedWith(KernelFeature.DEPRECATED_KMEM_LIMIT),
        counter("kmem.failcnt", KMEM, FAILCNT, "mem_cgroup_reset")
            .requiring(KernelFeature.KMEM_RECORDS),
        counter("kmem.max_usage_in_bytes", KMEM, MAX_USAGE, "mem_cgroup_reset")
            .requiring(KernelFeature.KMEM_RECORDS),
        row("kmem.slabinfo", new SlabinfoHandler(), STUB, "mem_cgroup_slabinfo_read")
            .requiring(KernelFeature.KMEM_SLABINFO));
  }

  /** {@code net/ipv4/tcp_memcontrol.c tcp_files[]}; the article leaves "memory." out. */
  private static List<ControlFile.Builder> tcpRows() {
    return List.of(
        tcp("kmem.tcp.limit_in_bytes", LIMIT, "tcp_cgroup_write")
            .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
        tcp("kmem.tcp.usage_in_bytes", USAGE, "tcp_read_usage"),
        tcp("kmem.tcp.failcnt", FAILCNT, "tcp_cgroup_reset"),
        tcp("kmem.tcp.max_usage_in_bytes", MAX_USAGE, "tcp_cgroup_reset"));
  }

  /** {@code mm/memcontrol.c memsw_cgroup_files[]}. */
  private static List<ControlFile.Builder> memswRows() {
    return List.of(
        memsw("memsw.usage_in_bytes", USAGE, "mem_cgroup_read").notifying(MemoryEvent.USAGE),
        memsw("memsw.max_usage_in_bytes", MAX_USAGE, "mem_cgroup_reset"),
        memsw("memsw.limit_in_bytes", LIMIT, "mem_cgroup_write"),
        memsw("memsw.failcnt", FAILCNT, "mem_cgroup_reset"));
  }

  private static ControlFile.Builder tcp(String name, Attribute attribute, String source) {
    return counter(name, TCP, attribute, source)
        .requiring(KernelFeature.KMEM_TCP)
        .alsoNamed(name, KernelFeature.ARTICLE_NAMES);
  }

  private static ControlFile.Builder memsw(String name, Attribute attribute, String source) {
    return counter(name, MEMSW, attribute, source).requiring(KernelFeature.MEMSW);
  }

  private static ControlFile.Builder counter(
      String name, CounterKind kind, Attribute attribute, String source) {
    ControlFile.Builder row =
        row(
            name,
            new CounterHandler(kind, attribute),
            attribute == SOFT_LIMIT ? STUB : ENFORCED,
            source);
    Column column = column(kind, attribute);
    if (column != null) {
      row.asColumn(column);
    }
    // mem_cgroup_resize_max gives up, memcg_update_kmem_max is gone
    return switch (attribute) {
      case LIMIT -> row.failing(Errno.EBUSY, Errno.EOPNOTSUPP);
      case SOFT_LIMIT -> row.failing(Errno.EOPNOTSUPP);
      case USAGE, MAX_USAGE, FAILCNT -> row;
    };
  }

  /** Where the number stands in {@code sim.groups}. */
  private static @Nullable Column column(CounterKind kind, Attribute attribute) {
    return switch (attribute) {
      case USAGE -> of(kind, Column.USAGE, Column.MEMSW_USAGE, Column.KMEM_USAGE, Column.TCP_USAGE);
      case MAX_USAGE ->
          of(
              kind,
              Column.MAX_USAGE,
              Column.MEMSW_MAX_USAGE,
              Column.KMEM_MAX_USAGE,
              Column.TCP_MAX_USAGE);
      case LIMIT -> of(kind, Column.LIMIT, Column.MEMSW_LIMIT, Column.KMEM_LIMIT, Column.TCP_LIMIT);
      case FAILCNT ->
          of(kind, Column.FAILCNT, Column.MEMSW_FAILCNT, Column.KMEM_FAILCNT, Column.TCP_FAILCNT);
      case SOFT_LIMIT -> null;
    };
  }

  private static Column of(CounterKind kind, Column memory, Column memsw, Column kmem, Column tcp) {
    return switch (kind) {
      case MEMORY -> memory;
      case MEMSW -> memsw;
      case KMEM -> kmem;
      case TCP -> tcp;
    };
  }

  private static Handler number(Setting setting) {
    return NumberHandler.writable(
        target -> setting.of(MemoryTarget.group(target)),
        (target, value) ->
            MemoryTarget.memory(target).set(MemoryTarget.group(target), setting, value));
  }

  private static ControlFile.Builder row(
      String name, Handler handler, Fidelity fidelity, String source) {
    return ControlFile.of(OWNER, name, handler, fidelity, source);
  }
}
