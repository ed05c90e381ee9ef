package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The sums of the root: those of the whole computer, {@code root_cpuacct}. Guarded by the lock of
 * {@link Accounts}.
 */
final class RootUsage extends Usage {
  private final Machine machine;

  /** Later kernels: {@code cpuacct_cpuusage_write} does nothing to the root. */
  private final boolean cannotBeReset;

  private final Map<Integer, CpuTime> atReset = new HashMap<>();

  RootUsage(Machine machine, boolean cannotBeReset) {
    this.machine = machine;
    this.cannotBeReset = cannotBeReset;
  }

  @Override
  OfCpu[] of(int[] cpus) {
    Map<Integer, CpuTime> now = machine.tasks().processors();
    return IntStream.of(cpus)
        .mapToObj(cpu -> of(cpu, now.getOrDefault(cpu, CpuTime.ZERO)))
        .toArray(OfCpu[]::new);
  }

  private OfCpu of(int cpu, CpuTime now) {
    return new OfCpu(now.since(atReset.getOrDefault(cpu, CpuTime.ZERO)), now);
  }

  @Override
  void reset() {
    if (!cannotBeReset) {
      atReset.putAll(machine.tasks().processors());
    }
  }
}
