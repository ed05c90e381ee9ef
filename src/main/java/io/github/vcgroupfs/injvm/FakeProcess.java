package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CpuTime;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A process and its threads. Not thread-safe: guarded by the monitor of {@link Processes}. */
final class FakeProcess {
  private final int pid;
  private final long startTime;
  private final int uid;
  private final String name;
  private int ppid;
  private int lastCpu;
  private CpuTime own = CpuTime.ZERO;
  private CpuTime children = CpuTime.ZERO;

  /** The threads that have not ended, by their ids. None: it is a zombie. */
  private final NavigableMap<Integer, Task> threads = new TreeMap<>();

  FakeProcess(int pid, int ppid, long startTime, int uid, String name) {
    this.pid = pid;
    this.ppid = ppid;
    this.startTime = startTime;
    this.uid = uid;
    this.name = name;
  }

  /** A thread. In hierarchies without an entry it is in the root. */
  static final class Task {
    private final int tid;
    private final FakeProcess process;
    private final Map<Integer, Cgroup> groups = new HashMap<>();

    Task(int tid, FakeProcess process) {
      this.tid = tid;
      this.process = process;
    }

    int tid() {
      return tid;
    }

    FakeProcess process() {
      return process;
    }

    /** The group in that hierarchy; null: the root. */
    @Nullable Cgroup group(int hierarchy) {
      return groups.get(hierarchy);
    }

    void move(int hierarchy, Cgroup group) {
      if (group.isRoot()) {
        groups.remove(hierarchy);
      } else {
        groups.put(hierarchy, group);
      }
    }

    /** Into the groups of another thread: {@code cgroup_fork}. */
    void inherit(Task parent) {
      groups.putAll(parent.groups);
    }
  }

  int pid() {
    return pid;
  }

  int ppid() {
    return ppid;
  }

  void setParent(int newParent) {
    ppid = newParent;
  }

  long startTime() {
    return startTime;
  }

  int uid() {
    return uid;
  }

  String name() {
    return name;
  }

  NavigableMap<Integer, Task> threads() {
    return threads;
  }

  boolean isZombie() {
    return threads.isEmpty();
  }

  /** Its oldest thread that has not ended. */
  Task oldest() {
    return threads.firstEntry().getValue();
  }

  int lastCpu() {
    return lastCpu;
  }

  CpuTime own() {
    return own;
  }

  CpuTime children() {
    return children;
  }

  void use(int cpu, CpuTime time) {
    lastCpu = cpu;
    own = own.plus(time);
  }

  /** It has waited for a child: {@code cutime}, {@code cstime}. */
  void waitedFor(FakeProcess child) {
    children = children.plus(child.own).plus(child.children);
  }
}
