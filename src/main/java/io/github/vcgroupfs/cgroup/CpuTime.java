package io.github.vcgroupfs.cgroup;

/**
 * Processor time. The first number is exact, the other two may come from clock ticks, so they need
 * not add up to it. Immutable.
 *
 * @param runtimeNs all of it: {@code sum_exec_runtime}
 * @param userNs in user mode: {@code utime}
 * @param systemNs in kernel mode: {@code stime}
 */
public record CpuTime(long runtimeNs, long userNs, long systemNs) {
  /** None. */
  public static final CpuTime ZERO = new CpuTime(0, 0, 0);

  /** Both together. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(
        runtimeNs + other.runtimeNs, userNs + other.userNs, systemNs + other.systemNs);
  }

  /** What is more in this one. A number that is less counts as the same. */
  public CpuTime since(CpuTime before) {
    return new CpuTime(
        Math.max(0, runtimeNs - before.runtimeNs),
        Math.max(0, userNs - before.userNs),
        Math.max(0, systemNs - before.systemNs));
  }
}
