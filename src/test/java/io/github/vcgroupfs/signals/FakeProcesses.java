package io.github.vcgroupfs.signals;

import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Processes that can be stopped, and what is sent to them. Not thread-safe. */
final class FakeProcesses implements ProcFs, ProcessSignals, Guard {
  private final Map<Integer, TaskStat> stats = new TreeMap<>();
  private final Map<Integer, Integer> uids = new TreeMap<>();
  private final Map<Integer, int[]> threads = new TreeMap<>();

  /** What was done, in order. */
  final List<String> done = new ArrayList<>();

  /** Who waits for a child of vfork. */
  final Set<Integer> inVfork = new TreeSet<>();

  /** Whom the guard knows. */
  final Set<Integer> guarded = new TreeSet<>();

  void add(int pid, int uid) {
    put(pid, 'S', 0, pid * 10L);
    uids.put(pid, uid);
    threads.put(pid, new int[] {pid});
  }

  void put(int pid, char state, int flags, long startTime) {
    stats.put(pid, new TaskStat(pid, "x", state, 1, pid, pid, -1, flags, 1, startTime, 0));
  }

  void setThreads(int pid, int... tids) {
    threads.put(pid, tids);
  }

  void end(int pid) {
    stats.remove(pid);
  }

  char state(int pid) {
    return stats.get(pid).state();
  }

  private int send(String what, int pid, char state) {
    done.add(what + " " + pid);
    TaskStat stat = stats.get(pid);
    if (stat == null) {
      return -3;
    }
    put(pid, state, stat.flags(), stat.startTime());
    return 0;
  }

  @Override
  public int open(int pid) {
    return pid;
  }

  @Override
  public int stop(int pid, int handle) {
    return send("stop", pid, inVfork.contains(pid) ? 'D' : 'T');
  }

  @Override
  public int goOn(int pid, int handle) {
    return send("go on", pid, 'S');
  }

  @Override
  public void close(int handle) {}

  @Override
  public void holds(int pid, long startTime) {
    done.add("guard " + pid);
    guarded.add(pid);
  }

  @Override
  public void hasLetGo(int pid) {
    guarded.remove(pid);
  }

  @Override
  public long pid() {
    return 77;
  }

  @Override
  public void close() {
    done.add("end");
  }

  @Override
  public int[] processes() {
    return stats.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public @Nullable TaskStat stat(int tid) {
    return stats.get(tid);
  }

  @Override
  public @Nullable TaskStatus status(int tid) {
    int uid = uids.getOrDefault(tid, 0);
    TaskStatus.Ids ids = new TaskStatus.Ids(uid, uid, uid, uid);
    return new TaskStatus(tid, tid, ids, ids, Set.of(), 0, List.of(tid));
  }

  @Override
  public boolean exists(int tid) {
    return stats.containsKey(tid);
  }

  @Override
  public int[] threads(int pid) {
    return threads.getOrDefault(pid, new int[0]);
  }

  @Override
  public boolean waitsForVfork(int tid) {
    return inVfork.contains(tid);
  }

  @Override
  public int[] children(int pid, int tid) {
    return new int[0];
  }

  @Override
  public @Nullable String pidNamespace(int tid, int levelsUp) {
    return "pid:[1]";
  }

  @Override
  public long uptimeTicks() {
    return 1_000_000;
  }
}
