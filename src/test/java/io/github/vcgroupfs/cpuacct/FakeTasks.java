package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.cgroup.Tasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processes whose times the test sets. A thread is known if it was added to a process. */
final class FakeTasks implements Tasks {
  private final Map<Integer, TaskTimes> processes = new HashMap<>();
  private final Map<Integer, TaskTimes> threads = new HashMap<>();
  private final Map<Integer, Integer> owners = new HashMap<>();

  static CpuTime ns(long all) {
    return new CpuTime(all, all, 0);
  }

  /** A process has used so much itself, and its children so much. */
  void set(int pid, int ppid, long own, long children) {
    processes.put(pid, new TaskTimes(pid, ppid, 0, ns(own), ns(children)));
    owners.put(pid, pid);
  }

  /** Another process has that id now. */
  void restart(int pid, long own) {
    processes.put(pid, new TaskTimes(pid + 1L, 1, 0, ns(own), CpuTime.ZERO));
  }

  /** One of several threads has used so much. */
  void setThread(int pid, int tid, long own) {
    threads.put(tid, new TaskTimes(tid, 0, 1, ns(own), CpuTime.ZERO));
    owners.put(tid, pid);
  }

  /** Its parent has waited for it. */
  void remove(int pid) {
    processes.remove(pid);
    owners.remove(pid);
  }

  @Override
  public @Nullable TaskTimes process(int pid) {
    return processes.get(pid);
  }

  @Override
  public @Nullable TaskTimes thread(int tid) {
    return threads.get(tid);
  }

  @Override
  public int processOf(int tid) {
    return owners.getOrDefault(tid, 0);
  }

  @Override
  public int[] threads(int pid) {
    List<Integer> ids =
        owners.entrySet().stream()
            .filter(each -> each.getValue() == pid)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public int policy(int tid) {
    return 0;
  }

  @Override
  public Map<Integer, CpuTime> processors() {
    return Map.of(0, new CpuTime(300, 200, 100), 1, ns(7));
  }
}
