package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskEvents;
import io.github.vcgroupfs.os.TaskStat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one hierarchy that are not in its root, and those that were moved there. It is
 * kept up to date by {@link TaskEvents}. A thread that is not here is in the root: nobody moved it
 * or an ancestor of it since the events began. A new thread starts in the group of the thread that
 * forks it ({@code cgroup_fork}), and one that ends leaves its group ({@code cgroup_exit}).
 *
 * <p>Threads that have nothing to do with us cost two looks into a set of bits and nothing else.
 *
 * <p>Not thread-safe but for {@link #mayHave}: guarded by the lock of {@link ForkEvents}.
 */
final class TaskTable implements TaskEvents.Sink {
  private final ProcFs proc;
  private final Map<Integer, Task> tasks = new HashMap<>();

  /** The ids in {@link #tasks}, where a look costs no object. */
  private final BitSet known = new BitSet();

  /** The known threads of a process but for its first one; most processes have none. */
  private final Map<Integer, Set<Task>> others = new HashMap<>();

  /** The groups that have a thread, the root excepted. */
  private final Map<Cgroup, Set<Task>> groups = new ConcurrentHashMap<>();

  /** Whether events were lost since the last {@link #recount}, ends among them. */
  private boolean gap;

  /** A thread; the root is null. */
  private static final class Task {
    final int tid;
    final int pid;
    @Nullable Cgroup group;

    /** Its next end may be none: see {@link TaskEvents.Sink#execed}. */
    boolean doubted;

    /** It has ended, as it seems. If its id is born again, that is another one. */
    boolean ended;

    /** It was born after events were lost. */
    boolean young;

    Task(int pid, int tid, @Nullable Cgroup group) {
      this.pid = pid;
      this.tid = tid;
      this.group = group;
    }
  }

  TaskTable(ProcFs proc) {
    this.proc = proc;
  }

  // --- events ----------------------------------------------------------------------------------

  @Override
  public void forked(int forker, int pid, int tid) {
    if (!isKnown(forker) && !isKnown(tid)) {
      return;
    }
    Task parent = get(forker);
    if (parent != null) {
      parent.doubted = false; // the program after exec has begun
    }
    Task before = get(tid);
    if (before != null) {
      if (!before.ended && !gap) {
        return; // it was moved before its birth was told: /proc shows it a little earlier
      }
      remove(before);
    }
    if (parent != null && parent.group != null) {
      Task child = new Task(pid, tid, parent.group);
      child.young = gap;
      add(child);
    }
  }

  @Override
  public void exited(int tid) {
    Task task = get(tid);
    if (task == null) {
      return;
    }
    if (task.doubted && isAlive(tid)) {
      task.doubted = false;
      task.ended = true;
    } else {
      remove(task);
    }
  }

  @Override
  public void execed(int pid) {
    Set<Task> threads = others.get(pid);
    if (threads != null) { // de_thread: another one did it, and took the id of the first
      @Nullable Cgroup group = null;
      for (Task each : List.copyOf(threads)) {
        group = each.group;
        remove(each);
      }
      put(pid, pid, group);
    }
    Task task = get(pid);
    if (task != null) {
      task.doubted = true;
      task.ended = false;
    }
  }

  @Override
  public void lost() {
    gap = true;
  }

  private boolean isAlive(int tid) {
    TaskStat now = proc.stat(tid);
    return now != null && !now.isDead();
  }

  private boolean isKnown(int tid) {
    return tid > 0 && known.get(tid);
  }

  private @Nullable Task get(int tid) {
    return isKnown(tid) ? tasks.get(tid) : null;
  }

  private void add(Task task) {
    tasks.put(task.tid, task);
    known.set(task.tid);
    if (task.tid != task.pid) {
      others.computeIfAbsent(task.pid, pid -> new HashSet<>()).add(task);
    }
    if (task.group != null) {
      groups.computeIfAbsent(task.group, group -> new HashSet<>()).add(task);
    }
  }

  private void remove(Task task) {
    tasks.remove(task.tid);
    known.clear(task.tid);
    if (task.tid != task.pid) {
      removeFrom(others, task.pid, task);
    }
    if (task.group != null) {
      removeFrom(groups, task.group, task);
    }
  }

  private static <K> void removeFrom(Map<K, Set<Task>> sets, K key, Task task) {
    Set<Task> set = sets.get(key);
    if (set != null && set.remove(task) && set.isEmpty()) {
      sets.remove(key);
    }
  }

  private Task put(int pid, int tid, @Nullable Cgroup group) {
    Task before = get(tid);
    if (before != null) {
      remove(before);
    }
    Task task = new Task(pid, tid, group);
    add(task);
    return task;
  }

  // --- moves -----------------------------------------------------------------------------------

  /**
   * Moves one thread, or all threads of a process. Preconditions: all events so far were taken in.
   * So if a thread lives now, its end will be told.
   *
   * @param to null is the root
   * @return whether one was still alive
   */
  boolean move(int pid, int tid, Scope scope, @Nullable Cgroup to) {
    int first = scope == Scope.THREAD ? tid : pid;
    TaskStat stat = proc.stat(first);
    if (stat == null) {
      return false;
    }
    boolean alone = stat.numThreads() <= 1;
    boolean moved = false;
    for (int each : scope == Scope.THREAD || alone ? new int[] {first} : proc.threads(pid)) {
      TaskStat now = each == first ? stat : proc.stat(each);
      if (now != null && !now.isDead()) {
        // One of several that did exec could be taken for the first one, which has ended.
        put(pid, each, to).doubted = alone;
        moved = true;
      }
    }
    return moved;
  }

  /** The group was removed: nobody is in it. */
  void removed(Cgroup group) {
    Set<Task> left = groups.remove(group);
    if (left != null) {
      left.forEach(task -> task.group = null);
    }
  }

  // --- questions -------------------------------------------------------------------------------

  /** Whether a group below the root had threads at the last event. Nobody else can be in one. */
  boolean mayHave(Cgroup group) {
    return groups.containsKey(group);
  }

  /** The group of a thread; null: the root, or it is not known. */
  @Nullable Cgroup groupOf(int tid) {
    Task task = tasks.get(tid);
    return task == null ? null : task.group;
  }

  /** The threads in a group below the root, or their processes, in no order and more than once. */
  int[] list(Cgroup group, Scope scope) {
    Set<Task> found = groups.getOrDefault(group, Set.of());
    int[] ids = new int[found.size()];
    int count = 0;
    for (Task each : found) {
      ids[count++] = scope == Scope.THREAD ? each.tid : each.pid;
    }
    return ids;
  }

  /** Whether a thread is in the root, if it lives. */
  boolean isInRoot(int tid) {
    Task task = get(tid);
    return task == null || task.group == null;
  }

  /** How many threads are kept. */
  int size() {
    return tasks.size();
  }

  // --- after a loss ----------------------------------------------------------------------------

  /** Whether events were lost, so that {@link #recount} must be called. */
  boolean hasGap() {
    return gap;
  }

  /**
   * Looks at {@code /proc} for what was lost. Threads that ended are dropped. For processes that
   * were born since, {@link Lineage} finds the group, and their threads count as being there, too.
   *
   * @param seen all processes of now
   * @param since when the first event may have been lost, in clock ticks since boot
   */
  void recount(List<TaskStat> seen, long since) {
    gap = false;
    for (Task task : List.copyOf(tasks.values())) {
      TaskStat now = proc.stat(task.tid);
      boolean another = now != null && now.startTime() > since && !task.young;
      if (now == null || now.isDead() || another) {
        remove(task);
      }
      task.young = false;
    }
    ProcessTable processes = new ProcessTable(proc);
    List<TaskStat> newborn = new ArrayList<>();
    for (TaskStat stat : seen) {
      if (hasTask(stat.pid()) || stat.startTime() < since) {
        processes.know(stat, groupOfProcess(stat.pid()));
      } else {
        newborn.add(stat);
      }
    }
    processes.enter(newborn);
    for (TaskStat stat : seen) {
      Cgroup group = processes.groupOf(stat.pid());
      if (group != null) {
        countThreads(stat, group, since);
      }
    }
  }

  private boolean hasTask(int pid) {
    return isKnown(pid) || others.containsKey(pid);
  }

  private @Nullable Cgroup groupOfProcess(int pid) {
    Task first = get(pid);
    if (first != null) {
      return first.group;
    }
    Set<Task> threads = others.get(pid);
    return threads == null ? null : threads.iterator().next().group;
  }

  private void countThreads(TaskStat process, Cgroup group, long since) {
    int pid = process.pid();
    for (int tid : process.numThreads() <= 1 ? new int[] {pid} : proc.threads(pid)) {
      TaskStat now = isKnown(tid) ? null : proc.stat(tid);
      if (now != null && !now.isDead() && now.startTime() >= since) {
        put(pid, tid, group).doubted = process.numThreads() <= 1;
      }
    }
  }
}
