package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;

/**
 * The state of a group at one moment of a scenario. Immutable.
 *
 * @param scenario the scenario's name
 * @param ms virtual milliseconds since the start
 * @param group the group's path, without a slash in front
 * @param usage {@code memory.kmem.tcp.usage_in_bytes}
 * @param limit {@code memory.kmem.tcp.limit_in_bytes}; -1: no limit
 * @param maxUsage {@code memory.kmem.tcp.max_usage_in_bytes}
 * @param failcnt {@code memory.kmem.tcp.failcnt}
 * @param pressure whether the group's sockets are under memory pressure
 * @param window what all readers still offer to take, in bytes
 * @param sent bytes written so far
 * @param received bytes read so far
 * @param pruned how many receive queues were pruned so far
 * @param dropped how many segments were dropped for lack of memory so far
 * @param zeroWindow how many windows were closed to zero so far
 * @param refused how many sends were refused so far
 * @param countsAbove whether the usage is part of that of the group above, too
 * @param machine the whole machine
 */
public record Sample(
    String scenario,
    double ms,
    String group,
    long usage,
    long limit,
    long maxUsage,
    long failcnt,
    boolean pressure,
    long window,
    long sent,
    long received,
    long pruned,
    long dropped,
    long zeroWindow,
    long refused,
    boolean countsAbove,
    Machine machine) {

  /** What the applications of a group did. Immutable. */
  record Traffic(long sent, long received, long window) {}

  /**
   * The TCP memory of the whole machine. Immutable.
   *
   * @param memory charged by all sockets, bytes
   * @param pressureAt where pressure begins, bytes: the second number of {@code tcp_mem}
   * @param most the third number of {@code tcp_mem}, bytes
   * @param pressure whether there is pressure
   */
  public record Machine(long memory, long pressureAt, long most, boolean pressure) {
    private static Machine of(TcpMachine machine) {
      return new Machine(
          machine.memoryAllocated() * Pages.SIZE_BYTES,
          machine.memPages().pressure() * Pages.SIZE_BYTES,
          machine.memPages().max() * Pages.SIZE_BYTES,
          machine.pressure().isOn());
    }
  }

  /** That group now. */
  static Sample of(String scenario, long nowNs, MemCgroup group, Traffic traffic) {
    CounterEra era = group.profile().era();
    boolean limited = group.counter(CounterKind.TCP).isLimited();
    String path = group.path().substring(1);
    boolean pressure = group.globals().machine().pressure().isOn() || group.tcp().underPressure();
    return new Sample(
        scenario,
        nowNs / 1e6,
        path,
        era.toBytes(group.tcp().counter().usage()),
        limited ? era.toBytes(group.tcp().counter().max()) : -1,
        era.toBytes(group.tcp().counter().watermark()),
        group.tcp().counter().failcnt(),
        pressure,
        traffic.window(),
        traffic.sent(),
        traffic.received(),
        group.tcp().stats().get(TcpCounter.PRUNED),
        group.tcp().stats().get(TcpCounter.RCVQ_DROPPED),
        group.tcp().stats().get(TcpCounter.ZERO_WINDOW),
        group.tcp().stats().get(TcpCounter.SEND_REFUSED),
        path.contains("/") && group.tcp().counter().parent() != null,
        Machine.of(group.globals().machine()));
  }

  /** Whether nothing but the time is another. */
  boolean sameAs(Sample other) {
    return other.usage == usage
        && other.limit == limit
        && other.maxUsage == maxUsage
        && other.failcnt == failcnt
        && other.refused == refused
        && other.machine.equals(machine)
        && other.pressure == pressure
        && other.window == window
        && other.sent == sent
        && other.received == received
        && other.dropped == dropped
        && other.group.equals(group)
        && other.scenario.equals(scenario);
  }
}
