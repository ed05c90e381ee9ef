package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A world of processes with one thread each, made by the test. Thread-safe. */
public final class FakeMembership implements Membership {
  private final Map<Integer, Cgroup> groups = new ConcurrentHashMap<>();
  private final AtomicInteger pids = new AtomicInteger(1000);

  /** A process that lives, in no group yet: the root's. */
  public int start(Cgroup group) {
    int pid = pids.incrementAndGet();
    groups.put(pid, group);
    return pid;
  }

  /** As that, with an id. */
  public void start(int pid, Cgroup group) {
    groups.put(pid, group);
  }

  /** Whether it was started and did not end. */
  public boolean isAlive(int pid) {
    return groups.containsKey(pid);
  }

  /** The process ends. */
  public void end(int pid) {
    groups.remove(pid);
  }

  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException {
    int task = pid == 0 ? caller.tid() : pid;
    if (groups.containsKey(task)) {
      consent.ask(task);
    }
    if (groups.computeIfPresent(task, (id, old) -> group) == null) {
      throw new ErrnoException(
          Errno.ESRCH, "no process %d: list those alive with ps".formatted(task));
    }
  }

  @Override
  public int[] list(Cgroup group, Scope scope) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getValue() == group)
        .mapToInt(Map.Entry::getKey)
        .sorted()
        .toArray();
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    return groups.containsValue(group);
  }

  @Override
  public String describe(int tid) {
    return "test[" + tid + "]";
  }
}
