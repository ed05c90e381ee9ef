package io.github.vcgroupfs.cgroupfs;

import static io.github.vcgroupfs.cgroupfs.Attribute.FAILCNT;
import static io.github.vcgroupfs.cgroupfs.Attribute.LIMIT;
import static io.github.vcgroupfs.cgroupfs.Attribute.MAX_USAGE;
import static io.github.vcgroupfs.cgroupfs.Attribute.SOFT_LIMIT;
import static io.github.vcgroupfs.cgroupfs.Attribute.USAGE;
import static io.github.vcgroupfs.cgroupfs.ControlFile.core;
import static io.github.vcgroupfs.cgroupfs.ControlFile.memory;
import static io.github.vcgroupfs.cgroupfs.ControlFile.sim;
import static io.github.vcgroupfs.cgroupfs.Fidelity.ENFORCED;
import static io.github.vcgroupfs.cgroupfs.Fidelity.REPORTED;
import static io.github.vcgroupfs.cgroupfs.Fidelity.STUB;
import static io.github.vcgroupfs.cgroupfs.Visibility.EVERYWHERE;
import static io.github.vcgroupfs.cgroupfs.Visibility.NOT_ON_ROOT;
import static io.github.vcgroupfs.cgroupfs.Visibility.ROOT_ONLY;
import static io.github.vcgroupfs.memcg.CounterKind.KMEM;
import static io.github.vcgroupfs.memcg.CounterKind.MEMORY;
import static io.github.vcgroupfs.memcg.CounterKind.MEMSW;
import static io.github.vcgroupfs.memcg.CounterKind.TCP;

import io.github.vcgroupfs.cgroup.CoreSetting;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemoryEvent;
import io.github.vcgroupfs.memcg.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every control file, in the order the kernel registers them: the whole user interface as one
 * table. Adding a file is adding a row.
 */
final class ControlFiles {
  private ControlFiles() {}

  /**
   * What stands behind some rows.
   *
   * @param why the lines of {@code sim.why}
   * @param journal the lines of {@code sim.journal}
   * @param served the files that other packages serve; a row whose file is missing is left out
   * @param events what stands behind {@code cgroup.event_control}
   * @param faults what stands behind {@code sim.fault}
   */
  record Parts(
      Function<Target, String> why,
      Function<Target, String> journal,
      Map<Served, ServedFile> served,
      EventControlHandler events,
      FaultHandler faults) {}

  /** The rows of a mount. */
  static List<ControlFile> rows(Parts parts) {
    Map<Served, ServedFile> served = parts.served();
    List<ControlFile.Builder> rows =
        List.of(
            // kernel/cgroup.c files[]
            core(
                CoreFile.TASKS.fileName(),
                pids(Membership.Scope.THREAD),
                ENFORCED,
                "cgroup_tasks_write"),
            core(
                CoreFile.PROCS.fileName(),
                pids(Membership.Scope.PROCESS),
                ENFORCED,
                "cgroup_procs_write"),
            core(
                "notify_on_release",
                flag(CoreSetting.NOTIFY_ON_RELEASE),
                ENFORCED,
                "cgroup_write_notify_on_release"),
            core("cgroup.event_control", parts.events(), ENFORCED, "cgroup_write_event_control")
                .worldWritableWith(KernelFeature.WORLD_WRITABLE_EVENT_CONTROL),
            core(
                "cgroup.clone_children",
                flag(CoreSetting.CLONE_CHILDREN),
                STUB,
                "cgroup_clone_children_write"),
            core(
                    "cgroup.sane_behavior",
                    report(target -> "0\n"),
                    REPORTED,
                    "cgroup_sane_behavior_show")
                .requiring(KernelFeature.SANE_BEHAVIOR)
                .visible(ROOT_ONLY),
            core("release_agent", new ReleaseAgentHandler(), ENFORCED, "cgroup_release_agent_write")
                .visible(ROOT_ONLY),
            // mm/memcontrol.c mem_cgroup_files[]
            memory(
                    "usage_in_bytes",
                    counter(MEMORY, USAGE),
                    ENFORCED,
                    "mem_cgroup_read; rulings.md, injected usage")
                .writableWith(KernelFeature.SETTABLE_USAGE)
                .notifying(MemoryEvent.USAGE),
            memory("max_usage_in_bytes", counter(MEMORY, MAX_USAGE), ENFORCED, "mem_cgroup_reset"),
            memory("limit_in_bytes", counter(MEMORY, LIMIT), ENFORCED, "mem_cgroup_write"),
            memory("soft_limit_in_bytes", counter(MEMORY, SOFT_LIMIT), STUB, "mem_cgroup_write")
                .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
            memory("failcnt", counter(MEMORY, FAILCNT), ENFORCED, "mem_cgroup_reset"),
            memory("stat", new StatHandler(), REPORTED, "mem_control_stat_show"),
            memory(
                "force_empty", new ForceEmptyHandler(), ENFORCED, "mem_cgroup_force_empty_write"),
            memory(
                "use_hierarchy",
                number(Setting.USE_HIERARCHY),
                ENFORCED,
                "mem_cgroup_hierarchy_write"),
            memory("swappiness", number(Setting.SWAPPINESS), STUB, "mem_cgroup_swappiness_write"),
            memory(
                    "move_charge_at_immigrate",
                    number(Setting.MOVE_CHARGE_AT_IMMIGRATE),
                    STUB,
                    "mem_cgroup_move_charge_write")
                .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
            memory("oom_control", new OomControlHandler(), STUB, "mem_cgroup_oom_control_write")
                .deprecatedWith(KernelFeature.DEPRECATED_KNOBS)
                .notifying(MemoryEvent.OOM),
            memory(
                    "pressure_level",
                    new PressureLevelHandler(),
                    ENFORCED,
                    "mm/vmpressure.c vmpressure_register_event")
                .requiring(KernelFeature.PRESSURE_LEVEL)
                .readBitWith(KernelFeature.PRESSURE_LEVEL_READABLE)
                .notifying(MemoryEvent.PRESSURE),
            memory("numa_stat", report(Reports::numaStat), REPORTED, "mem_control_numa_stat_show")
                .requiring(KernelFeature.NUMA_STAT),
            // the patch set of 2011, kmem_cgroup_files[]
            memory(
                    "independent_kmem_limit",
                    number(Setting.INDEPENDENT_KMEM_LIMIT),
                    ENFORCED,
                    "patch v9 1/9, kmem_limit_independent_write")
                .requiring(KernelFeature.INDEPENDENT_KMEM_LIMIT),
            memory(
                    "kmem.usage_in_bytes",
                    counter(KMEM, USAGE),
                    ENFORCED,
                    "patch v7 1/10; rulings.md, injected usage")
                .requiring(KernelFeature.KMEM)
                .writableWith(KernelFeature.SETTABLE_USAGE),
            memory(
                    "kmem.limit_in_bytes",
                    counter(KMEM, LIMIT),
                    ENFORCED,
                    "patch v7 1/10; rulings.md, independent limit")
                .requiring(KernelFeature.KMEM)
                .writableWith(KernelFeature.SETTABLE_KMEM_LIMIT)
                .deprecatedWith(KernelFeature.DEPRECATED_KMEM_LIMIT),
            memory("kmem.failcnt", counter(KMEM, FAILCNT), ENFORCED, "mem_cgroup_reset")
                .requiring(KernelFeature.KMEM_RECORDS),
            memory(
                    "kmem.max_usage_in_bytes",
                    counter(KMEM, MAX_USAGE),
                    ENFORCED,
                    "mem_cgroup_reset")
                .requiring(KernelFeature.KMEM_RECORDS),
            memory("kmem.slabinfo", new SlabinfoHandler(), STUB, "mem_cgroup_slabinfo_read")
                .requiring(KernelFeature.KMEM_SLABINFO),
            // net/ipv4/tcp_memcontrol.c tcp_files[]; the article leaves "memory." out
            tcp("kmem.tcp.limit_in_bytes", LIMIT, "tcp_cgroup_write")
                .deprecatedWith(KernelFeature.DEPRECATED_KNOBS),
            tcp("kmem.tcp.usage_in_bytes", USAGE, "tcp_read_usage"),
            tcp("kmem.tcp.failcnt", FAILCNT, "tcp_cgroup_reset"),
            tcp("kmem.tcp.max_usage_in_bytes", MAX_USAGE, "tcp_cgroup_reset"),
            // mm/memcontrol.c memsw_cgroup_files[]
            memsw("memsw.usage_in_bytes", USAGE, "mem_cgroup_read").notifying(MemoryEvent.USAGE),
            memsw("memsw.max_usage_in_bytes", MAX_USAGE, "mem_cgroup_reset"),
            memsw("memsw.limit_in_bytes", LIMIT, "mem_cgroup_write"),
            memsw("memsw.failcnt", FAILCNT, "mem_cgroup_reset"),
            // ours
            sim(
                "sim.tcp.flows",
                served(served, Served.TCP_FLOWS),
                NOT_ON_ROOT,
                "rulings.md, flows"),
            sim(
                "sim.tcp.sockets",
                servedReport(served, Served.TCP_SOCKETS),
                NOT_ON_ROOT,
                "rulings.md, sockets"),
            sim(
                "sim.tcp.relay",
                served(served, Served.TCP_RELAY),
                NOT_ON_ROOT,
                "rulings.md, relay"),
            sim("sim.tcp.stat", report(Reports::tcpStat), EVERYWHERE, "rulings.md, TCP figures"),
            sim(
                "sim.tcp.mem",
                new TcpMemHandler(),
                ROOT_ONLY,
                "rulings.md, machine thresholds; proc_tcp_mem"),
            sim(FaultRule.OWN_FILE, parts.faults(), EVERYWHERE, "rulings.md, faults"),
            sim("sim.why", report(parts.why()), EVERYWHERE, "rulings.md, why"),
            sim("sim.journal", report(parts.journal()), ROOT_ONLY, "rulings.md, journal"),
            sim(
                "sim.static_branch",
                report(Reports::staticBranch),
                ROOT_ONLY,
                "rulings.md, static branch"),
            sim(
                "sim.proc",
                served.containsKey(Served.PROC_CGROUPS) ? Folder.INSTANCE : Absent.INSTANCE,
                ROOT_ONLY,
                "rulings.md, proc files"),
            proc(served, "sim.proc/cgroups", Served.PROC_CGROUPS, "proc_cgroupstats_show"),
            proc(served, "sim.proc/mounts", Served.PROC_MOUNTS, "show_vfsmnt"),
            proc(served, "sim.proc/mountinfo", Served.PROC_MOUNTINFO, "show_mountinfo"),
            proc(served, "sim.proc/cgroup", Served.PROC_CGROUP, "proc_cgroup_show"));
    return rows.stream()
        .map(ControlFile.Builder::build)
        .filter(row -> row.handler() != Absent.INSTANCE)
        .toList();
  }

  private static ControlFile.Builder tcp(String name, Attribute attribute, String source) {
    return memory(name, counter(TCP, attribute), ENFORCED, source)
        .requiring(KernelFeature.KMEM_TCP)
        .alsoNamed(name, KernelFeature.ARTICLE_NAMES);
  }

  private static ControlFile.Builder proc(
      Map<Served, ServedFile> served, String name, Served which, String source) {
    ServedFile file = served.get(which);
    Handler handler =
        file == null
            ? Absent.INSTANCE
            : new ReportHandler(target -> file.read(target.group(), target.caller()), true);
    return sim(name, handler, ROOT_ONLY, source);
  }

  private static ControlFile.Builder memsw(String name, Attribute attribute, String source) {
    return memory(name, counter(MEMSW, attribute), ENFORCED, source).requiring(KernelFeature.MEMSW);
  }

  private static Handler counter(CounterKind kind, Attribute attribute) {
    return new CounterHandler(kind, attribute);
  }

  private static Handler number(Setting setting) {
    return new SettingHandler(setting);
  }

  private static Handler flag(CoreSetting setting) {
    return new CoreSettingHandler(setting);
  }

  private static Handler pids(Membership.Scope scope) {
    return new PidsHandler(scope);
  }

  private static Handler report(Function<Target, String> lines) {
    return new ReportHandler(lines, false);
  }

  private static Handler served(Map<Served, ServedFile> served, Served which) {
    ServedFile file = served.get(which);
    return file == null ? Absent.INSTANCE : new ServedHandler(file);
  }

  private static Handler servedReport(Map<Served, ServedFile> served, Served which) {
    ServedFile file = served.get(which);
    return file == null
        ? Absent.INSTANCE
        : report(target -> file.read(target.group(), target.caller()));
  }

  /** A folder of files of ours. */
  private enum Folder implements Handler {
    INSTANCE;

    @Override
    public boolean isFolder() {
      return true;
    }
  }

  /** Stands where nobody serves a file. */
  private enum Absent implements Handler {
    INSTANCE
  }
}
