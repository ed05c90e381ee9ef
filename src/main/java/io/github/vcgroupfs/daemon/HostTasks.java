package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStatus;
import io.github.vcgroupfs.os.TaskUsage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The tasks of the computer that this daemon runs on. Thread-safe. */
final class HostTasks implements Tasks {
  /** Clock ticks of {@code /proc} are a hundredth of a second on all machines we know. */
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What a line of {@code /proc/stat} begins with, before the number of a processor. */
  private static final String NAME = "cpu";

  // fields of a line of /proc/stat, counted from its name on: fs/proc/stat.c show_stat
  private static final int USER = 1;
  private static final int NICE = 2;
  private static final int SYSTEM = 3;
  private static final int IRQ = 6;
  private static final int SOFTIRQ = 7;

  private final ProcReader proc = new ProcReader("/proc");

  /** The clock is read last: so it is never behind what the ticks say. */
  @Override
  public @Nullable TaskTimes process(int pid) {
    TaskUsage usage = proc.usage(pid);
    return usage == null ? null : times(usage, Libc.processClockNs(pid));
  }

  @Override
  public @Nullable TaskTimes thread(int tid) {
    TaskUsage usage = proc.usageOfThread(tid);
    return usage == null ? null : times(usage, proc.runtimeNsOfThread(tid));
  }

  private static TaskTimes times(TaskUsage usage, long runtimeNs) {
    CpuTime own = ticks(usage.utime(), usage.stime());
    CpuTime exact = new CpuTime(runtimeNs, own.userNs(), own.systemNs());
    return new TaskTimes(
        usage.startTime(),
        usage.ppid(),
        usage.processor(),
        runtimeNs < 0 ? own : exact,
        ticks(usage.cutime(), usage.cstime()));
  }

  private static CpuTime ticks(long user, long system) {
    return new CpuTime((user + system) * TICK_NS, user * TICK_NS, system * TICK_NS);
  }

  @Override
  public int processOf(int tid) {
    TaskStatus status = proc.status(tid);
    return status == null ? 0 : status.tgid();
  }

  @Override
  public int[] threads(int pid) {
    return proc.threads(pid);
  }

  @Override
  public int policy(int tid) {
    TaskUsage usage = proc.usageOfThread(tid);
    return usage == null ? 0 : usage.policy();
  }

  @Override
  public Map<Integer, CpuTime> processors() {
    Map<Integer, CpuTime> times = new HashMap<>();
    for (String line : proc.processorLines()) {
      String[] fields = line.split(" +", -1);
      int cpu = Integer.parseInt(fields[0].substring(NAME.length()));
      times.put(
          cpu,
          ticks(
              number(fields[USER]) + number(fields[NICE]),
              number(fields[SYSTEM]) + number(fields[IRQ]) + number(fields[SOFTIRQ])));
    }
    return times;
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }
}
