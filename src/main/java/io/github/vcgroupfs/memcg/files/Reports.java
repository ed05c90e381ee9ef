package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.Setting;
import io.github.vcgroupfs.memcg.UsageView;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpStats;

/** The texts of the files that have several lines. Stateless. */
final class Reports {
  private static final String RSS = "rss";
  private static final String INACTIVE_ANON = "inactive_anon";

  private Reports() {}

  /**
   * {@code mem_control_stat_show}: local values, the limits that apply, then the values with the
   * groups it accounts for. Injected user memory is anonymous memory here.
   */
  static String stat(FileTarget target) {
    MemCgroup group = MemoryTarget.group(target);
    CounterEra era = target.tree().profile().era();
    long local = era.toBytes(group.ownMemory());
    long total = local;
    for (MemCgroup child : group.children()) {
      total += group.accountsFor(child) ? era.toBytes(child.memory().usage()) : 0;
    }
    StringBuilder text = new StringBuilder(1024);
    for (String name : target.tree().profile().files().statNames()) {
      line(text, name, isAnonymous(name) ? local : 0);
    }
    line(text, "hierarchical_memory_limit", limit(target, CounterKind.MEMORY));
    line(text, "hierarchical_memsw_limit", limit(target, CounterKind.MEMSW));
    for (String name : target.tree().profile().files().statNames()) {
      line(text, "total_" + name, isAnonymous(name) ? total : 0);
    }
    return text.toString();
  }

  private static boolean isAnonymous(String name) {
    return name.equals(RSS) || name.equals(INACTIVE_ANON);
  }

  private static long limit(FileTarget target, CounterKind kind) {
    return target
        .tree()
        .profile()
        .era()
        .toBytes(UsageView.hierarchicalLimit(MemoryTarget.group(target), kind));
  }

  /** {@code mem_control_numa_stat_show}: pages, one node. */
  static String numaStat(FileTarget target) {
    CounterEra era = target.tree().profile().era();
    StringBuilder text = new StringBuilder(256);
    numaLines(text, "", era.toPages(MemoryTarget.group(target).ownMemory()));
    if (target.tree().profile().has(KernelFeature.NUMA_STAT_HIERARCHICAL)) {
      numaLines(text, "hierarchical_", era.toPages(MemoryTarget.group(target).memory().usage()));
    }
    return text.toString();
  }

  private static void numaLines(StringBuilder text, String prefix, long anonPages) {
    text.append(
        "%1$stotal=%2$d N0=%2$d\n%1$sfile=0 N0=0\n%1$sanon=%2$d N0=%2$d\n%1$sunevictable=0 N0=0\n"
            .formatted(prefix, anonPages));
  }

  /** {@code mem_cgroup_oom_control_read}. */
  static String oomControl(FileTarget target) {
    StringBuilder text = new StringBuilder();
    line(text, "oom_kill_disable", Setting.OOM_KILL_DISABLE.of(MemoryTarget.group(target)));
    line(text, "under_oom", MemoryTarget.group(target).isUnderOom() ? 1 : 0);
    if (target.tree().profile().has(KernelFeature.OOM_KILL_COUNT)) {
      line(text, "oom_kill", 0);
    }
    return text.toString();
  }

  /** {@code sim.tcp.stat}: a group's own numbers; on the root those of the machine. */
  static String tcpStat(MemoryController memory, MemCgroup group) {
    TcpMachine machine = memory.machine();
    StringBuilder text = new StringBuilder(256);
    boolean root = group.cgroup().isRoot();
    line(text, "sockets", root ? machine.socketsAllocated() : group.tcp().socketsAllocated());
    line(text, "orphans", root ? machine.orphans() : group.tcp().orphans());
    line(text, "time_wait", root ? machine.timeWaits() : group.tcp().timeWaits());
    line(text, "memory", root ? machine.memoryAllocated() : group.tcp().memoryAllocated());
    boolean pressure = machine.pressure().isOn() || (!root && group.tcp().underPressure());
    line(text, "pressure", pressure ? 1 : 0);
    TcpStats stats = root ? machine.stats() : group.tcp().stats();
    line(text, TcpCounter.PRESSURE_ENTERED.label(), stats.get(TcpCounter.PRESSURE_ENTERED));
    line(
        text,
        "pressure_ms",
        root ? machine.pressure().totalMs() : group.tcp().pressure().totalMs());
    for (TcpCounter counter : TcpCounter.values()) {
      if (counter != TcpCounter.PRESSURE_ENTERED) {
        line(text, counter.label(), stats.get(counter));
      }
    }
    return text.toString();
  }

  /** {@code sim.static_branch}. */
  static String staticBranch(MemoryController memory) {
    return "tcp %s\nkmem %s\n".formatted(memory.tcpBranch(), memory.kmemBranch());
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(Long.toUnsignedString(value)).append('\n');
  }
}
