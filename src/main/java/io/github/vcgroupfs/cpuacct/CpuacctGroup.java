package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CpuTime;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The sums of a group below the root. Guarded by the lock of {@link Accounts}. */
final class CpuacctGroup extends Usage {
  private final boolean fromCpustat;
  private final OfCpu[] cpus;

  /**
   * Nothing is used yet.
   *
   * @param fromCpustat whether {@code cpuacct.usage_user} comes from the same clock ticks as {@code
   *     cpuacct.stat}, and a reset is one of both
   */
  CpuacctGroup(int nrCpus, boolean fromCpustat) {
    this.fromCpustat = fromCpustat;
    this.cpus = new OfCpu[nrCpus];
    Arrays.fill(cpus, OfCpu.NOTHING);
  }

  /** {@code cpuacct_charge}: adds to a group and to all above it but the root. */
  static void charge(Cgroup group, int cpu, CpuTime time) {
    for (Cgroup at = group; !at.isRoot(); at = parentOf(at)) {
      at.state(CpuacctGroup.class).add(cpu, time);
    }
  }

  private static Cgroup parentOf(Cgroup group) {
    Cgroup parent = group.parent();
    if (parent == null) {
      throw new IllegalStateException(group + " is below no root");
    }
    return parent;
  }

  private void add(int cpu, CpuTime time) {
    int at = cpu >= 0 && cpu < cpus.length ? cpu : 0; // one that came later is not shown
    cpus[at] = new OfCpu(cpus[at].usage().plus(time), cpus[at].stat().plus(time));
  }

  @Override
  OfCpu[] of(int[] wanted) {
    return IntStream.of(wanted)
        .mapToObj(cpu -> cpu < cpus.length ? cpus[cpu] : OfCpu.NOTHING)
        .map(cpu -> fromCpustat ? cpu : cpu.divided())
        .toArray(OfCpu[]::new);
  }

  @Override
  void reset() {
    for (int i = 0; i < cpus.length; i++) {
      cpus[i] = new OfCpu(CpuTime.ZERO, fromCpustat ? CpuTime.ZERO : cpus[i].stat());
    }
  }
}
