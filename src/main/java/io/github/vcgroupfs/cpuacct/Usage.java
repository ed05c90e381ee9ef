package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.CpuTime;

/**
 * How much time a group has used of each processor: {@code struct cpuacct}. Guarded by the lock of
 * {@link Accounts}.
 */
abstract class Usage implements ControllerState {

  /**
   * What was used of one processor.
   *
   * @param usage since the last reset: {@code cpuusage}
   * @param stat the same for {@code cpuacct.stat}, which old kernels do not reset: {@code cpustat}
   */
  record OfCpu(CpuTime usage, CpuTime stat) {
    static final OfCpu NOTHING = new OfCpu(CpuTime.ZERO, CpuTime.ZERO);

    long runtimeNs() {
      return usage.runtimeNs();
    }

    long userNs() {
      return usage.userNs();
    }

    long systemNs() {
      return usage.systemNs();
    }

    /** The same, with usage that is all in user mode or in kernel mode. */
    OfCpu divided() {
      long all = usage.runtimeNs();
      long system = Math.min(all, usage.systemNs());
      return new OfCpu(new CpuTime(all, all - system, system), stat);
    }
  }

  /** What was used of each of these processors, in that order. */
  abstract OfCpu[] of(int[] cpus);

  /** Begins at 0 again. */
  abstract void reset();
}
