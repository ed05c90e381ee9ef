package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.cgroup.Tasks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What made-up processes have used. Time is known of whole processes only: it counts for the oldest
 * thread. Thread-safe.
 */
final class FakeTasks implements Tasks {
  private final Processes processes;

  FakeTasks(Processes processes) {
    this.processes = processes;
  }

  @Override
  public @Nullable TaskTimes process(int pid) {
    return processes.times(pid);
  }

  @Override
  public @Nullable TaskTimes thread(int tid) {
    int pid = processes.processOf(tid);
    TaskTimes whole = pid == 0 ? null : processes.times(pid);
    if (whole == null || processes.threads(pid).indexOf(tid) == 0) {
      return whole;
    }
    return new TaskTimes(whole.startTime(), whole.ppid(), whole.cpu(), CpuTime.ZERO, CpuTime.ZERO);
  }

  @Override
  public int processOf(int tid) {
    return processes.processOf(tid);
  }

  @Override
  public int[] threads(int pid) {
    return processes.threads(pid).stream().mapToInt(Integer::intValue).toArray();
  }

  /** {@code SCHED_OTHER}. */
  @Override
  public int policy(int tid) {
    return 0;
  }

  @Override
  public Map<Integer, CpuTime> processors() {
    return processes.processors();
  }
}
