package io.github.vcgroupfs.injvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.injvm.FakeProcess.Task;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a made-up machine, and the groups that their threads are in, in each hierarchy.
 * Nothing happens in it by itself. Thread-safe: its monitor is a leaf.
 */
public final class Processes {
  /** {@code PID_MAX_LIMIT}, include/linux/threads.h: no id is as large. */
  public static final int MAX_PID = 4 << 20;

  /** The first id that is given. */
  private static final int FIRST_PID = 1001;

  /** Who inherits the children of a process that ends. */
  private static final int INIT = 1;

  @GuardedBy("this")
  private final TreeMap<Integer, FakeProcess> processes = new TreeMap<>();

  @GuardedBy("this")
  private final TreeMap<Integer, Task> tasks = new TreeMap<>();

  /** What all processes together used of each processor, also those that are gone. */
  @GuardedBy("this")
  private final Map<Integer, CpuTime> processors = new HashMap<>();

  @GuardedBy("this")
  private int nextPid = FIRST_PID;

  @GuardedBy("this")
  private long started;

  /**
   * Starts a process with one thread, in the root of every hierarchy. Nobody waits for it: when it
   * ends, it is gone.
   *
   * @param pid its id, 1 to {@link #MAX_PID} - 1; 0: the next that is free
   * @param uid whose it is
   * @param name as {@code ps} would show it
   * @return its id
   * @throws IllegalArgumentException if there cannot be such an id, or it is in use
   */
  public synchronized int start(int pid, int uid, String name) {
    int id = pid == 0 ? freeId() : pid;
    if (id < 1 || id >= MAX_PID) {
      throw new IllegalArgumentException(
          "pid %d: choose one from 1 to %d".formatted(pid, MAX_PID - 1));
    }
    if (tasks.containsKey(id) || processes.containsKey(id)) {
      throw new IllegalArgumentException(
          "pid %d is in use: choose another, or none to get one that is free".formatted(id));
    }
    return add(id, INIT, uid, name).pid();
  }

  @GuardedBy("this")
  private FakeProcess add(int pid, int ppid, int uid, String name) {
    FakeProcess made = new FakeProcess(pid, ppid, ++started, uid, name);
    processes.put(pid, made);
    addThread(made, pid);
    return made;
  }

  @GuardedBy("this")
  private Task addThread(FakeProcess process, int tid) {
    Task task = new Task(tid, process);
    process.threads().put(tid, task);
    tasks.put(tid, task);
    return task;
  }

  @GuardedBy("this")
  private int freeId() {
    while (tasks.containsKey(nextPid) || processes.containsKey(nextPid)) {
      nextPid = nextPid == MAX_PID - 1 ? FIRST_PID : nextPid + 1;
    }
    return nextPid++;
  }

  /**
   * {@code fork}: a child with one thread, in the groups of the parent's oldest thread.
   *
   * @return the id of the child
   * @throws ErrnoException ESRCH if the process has ended
   */
  public synchronized int fork(int pid) throws ErrnoException {
    FakeProcess parent = requireAlive(pid);
    FakeProcess child = add(freeId(), pid, parent.uid(), parent.name());
    child.oldest().inherit(parent.oldest());
    return child.pid();
  }

  /**
   * {@code pthread_create}: another thread, in the groups of the oldest one.
   *
   * @return its id
   * @throws ErrnoException ESRCH if the process has ended
   */
  public synchronized int addThread(int pid) throws ErrnoException {
    FakeProcess process = requireAlive(pid);
    Task task = addThread(process, freeId());
    task.inherit(process.oldest());
    return task.tid();
  }

  /**
   * A thread ends. If it was the last one, the process has ended.
   *
   * @return whether there was such a thread
   */
  public synchronized boolean endThread(int tid) {
    Task task = tasks.remove(tid);
    if (task == null) {
      return false;
    }
    FakeProcess process = task.process();
    process.threads().remove(tid);
    if (process.isZombie()) {
      ended(process);
    }
    return true;
  }

  /**
   * A process ends, with all its threads. It is a zombie until its parent waits for it.
   *
   * @return whether it was alive
   */
  public synchronized boolean end(int pid) {
    FakeProcess process = processes.get(pid);
    if (process == null || process.isZombie()) {
      return false;
    }
    process.threads().keySet().forEach(tasks::remove);
    process.threads().clear();
    ended(process);
    return true;
  }

  @GuardedBy("this")
  private void ended(FakeProcess process) {
    for (FakeProcess child : List.copyOf(processes.values())) {
      if (child.ppid() == process.pid()) {
        child.setParent(INIT);
        if (child.isZombie()) {
          processes.remove(child.pid());
        }
      }
    }
    FakeProcess parent = processes.get(process.ppid());
    if (parent == null || parent.isZombie()) {
      processes.remove(process.pid());
    }
  }

  /**
   * {@code wait}: the parent takes note of a child that has ended, whose id is free then.
   *
   * @throws ErrnoException ESRCH if it is no zombie
   */
  public synchronized void reap(int pid) throws ErrnoException {
    FakeProcess child = processes.get(pid);
    if (child == null || !child.isZombie()) {
      throw new ErrnoException(
          Errno.ESRCH, "process %d is no zombie: let it exit first".formatted(pid));
    }
    processes.remove(pid);
    FakeProcess parent = processes.get(child.ppid());
    if (parent != null) {
      parent.waitedFor(child);
    }
  }

  /** Lets a process use processor time. */
  public synchronized void use(int pid, int cpu, CpuTime time) throws ErrnoException {
    requireAlive(pid).use(cpu, time);
    processors.merge(cpu, time, CpuTime::plus);
  }

  /** Whether there is a process of that id that has not ended. */
  public synchronized boolean isAlive(int pid) {
    FakeProcess process = processes.get(pid);
    return process != null && !process.isZombie();
  }

  /** Whether a process has ended and its parent did not wait for it yet. */
  public synchronized boolean isZombie(int pid) {
    FakeProcess process = processes.get(pid);
    return process != null && process.isZombie();
  }

  /** The threads of a process, in ascending order; none if it has ended. */
  public synchronized List<Integer> threads(int pid) {
    FakeProcess process = processes.get(pid);
    return process == null ? List.of() : List.copyOf(process.threads().keySet());
  }

  @GuardedBy("this")
  private FakeProcess requireAlive(int pid) throws ErrnoException {
    FakeProcess process = processes.get(pid);
    if (process == null || process.isZombie()) {
      throw noSuchProcess(pid);
    }
    return process;
  }

  private static ErrnoException noSuchProcess(int pid) {
    return new ErrnoException(
        Errno.ESRCH,
        "no process %d: it has ended or was never started; start a fake process, and write its id"
            .formatted(pid));
  }

  // --- for the memberships -----------------------------------------------------------------------

  /**
   * The thread that a caller means, if he may move it: {@code kernel/cgroup/cgroup-v1.c
   * __cgroup1_procs_write}, in its order.
   *
   * @return the id of the thread
   */
  synchronized int requireMovable(int pid, Caller caller) throws ErrnoException {
    int id = pid == 0 ? caller.tid() : pid;
    Task task = tasks.get(id);
    if (task == null) {
      throw noSuchProcess(id);
    }
    int uid = task.process().uid();
    if (caller.uid() != 0 && caller.uid() != uid) {
      throw new ErrnoException(
          Errno.EACCES,
          "uid %s may not move process %d, which is uid %s's: write as one of them or as 0"
              .formatted(
                  Integer.toUnsignedString(caller.uid()), id, Integer.toUnsignedString(uid)));
    }
    return id;
  }

  /** Moves a thread, or all threads of its process. */
  synchronized void move(int hierarchy, int tid, Membership.Scope scope, Cgroup group)
      throws ErrnoException {
    Task task = tasks.get(tid);
    if (task == null) {
      throw noSuchProcess(tid);
    }
    switch (scope) {
      case THREAD -> task.move(hierarchy, group);
      case PROCESS ->
          task.process().threads().values().forEach(each -> each.move(hierarchy, group));
    }
  }

  synchronized int[] list(int hierarchy, Cgroup group, Membership.Scope scope) {
    List<Integer> ids = new ArrayList<>();
    for (Task each : tasks.values()) {
      if (isIn(each, hierarchy, group)) {
        ids.add(scope == Membership.Scope.THREAD ? each.tid() : each.process().pid());
      }
    }
    return ids.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
  }

  synchronized boolean isPopulated(int hierarchy, Cgroup group) {
    return tasks.values().stream().anyMatch(each -> isIn(each, hierarchy, group));
  }

  private static boolean isIn(Task task, int hierarchy, Cgroup group) {
    Cgroup at = task.group(hierarchy);
    return at == null ? group.isRoot() : at == group;
  }

  /** The group that a thread is in; null: the root, or there is no such thread. */
  synchronized @Nullable Cgroup groupOf(int hierarchy, int tid) {
    Task task = tasks.get(tid);
    return task == null ? null : task.group(hierarchy);
  }

  /**
   * Puts recorded members into a group. Nobody knows whose a recorded thread is: a process is older
   * than its threads, and they are mostly in one group.
   */
  synchronized void restore(int hierarchy, Cgroup group, List<Integer> pids, List<Integer> tids) {
    TreeMap<Integer, FakeProcess> here = new TreeMap<>();
    for (int pid : pids) {
      FakeProcess known = processes.get(pid);
      here.put(pid, known == null ? add(pid, INIT, 0, "recorded") : known);
    }
    for (int tid : tids) {
      if (!tasks.containsKey(tid)) {
        Map.Entry<Integer, FakeProcess> owner = here.floorEntry(tid);
        if (owner == null) {
          add(tid, INIT, 0, "recorded");
        } else {
          addThread(owner.getValue(), tid);
        }
      }
    }
    here.values().forEach(each -> each.threads().values().forEach(at -> at.move(hierarchy, group)));
    for (int tid : tids) {
      Objects.requireNonNull(tasks.get(tid)).move(hierarchy, group);
    }
  }

  /** How a log line names a thread. */
  synchronized String describe(int tid) {
    Task task = tasks.get(tid);
    String name = task == null ? (tid == 0 ? "test" : "") : task.process().name();
    return name + "[" + tid + "]";
  }

  // --- for the tasks of the machine --------------------------------------------------------------

  synchronized @Nullable TaskTimes times(int pid) {
    FakeProcess process = processes.get(pid);
    return process == null
        ? null
        : new TaskTimes(
            process.startTime(),
            process.ppid(),
            process.lastCpu(),
            process.own(),
            process.children());
  }

  synchronized int processOf(int tid) {
    Task task = tasks.get(tid);
    return task == null ? 0 : task.process().pid();
  }

  synchronized Map<Integer, CpuTime> processors() {
    return Map.copyOf(processors);
  }
}
