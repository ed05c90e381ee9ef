package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskEvents;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small kernel: processes that fork, exec, exit and are adopted, what /proc says of them, and
 * what is told to whoever listens. Process 1 is there from the start. Thread-safe.
 */
final class FakeProc implements ProcFs {
  static final int INIT = 1;

  private final Map<Integer, Task> tasks = new TreeMap<>();
  private final Map<String, String> namespacesAbove = new TreeMap<>();
  private long clock = 100;
  private long images;
  private int nextPid = 100;
  private int statReads;
  private int listings;

  /** Runs once, after the next listing: what happens behind the reader's back. */
  private @Nullable Runnable behind;

  /** Runs once, after that process was read. */
  private @Nullable Runnable afterwards;

  private int afterPid;

  private TaskEvents.@Nullable Sink listener;

  FakeProc() {
    add(INIT, INIT, 0).image = newImage();
  }

  /** A thread; a process is its leader. */
  private static final class Task {
    final int tid;
    final int tgid;
    final long startTime;
    String comm = "init";
    int ppid;
    int forker;
    int pgrp;
    int session;
    int flags;
    char state = 'S';
    int uid;
    int savedUid;
    long image;
    boolean readable = true;
    List<Integer> nsPids = List.of();
    String namespace = "pid:[1]";

    Task(int tid, int tgid, long startTime) {
      this.tid = tid;
      this.tgid = tgid;
      this.startTime = startTime;
    }
  }

  /** Tells everything from now on. */
  synchronized void listen(TaskEvents.Sink sink) {
    listener = sink;
  }

  /** A child of a process (or of one of its threads) that runs the same program. */
  synchronized int fork(int parent) {
    return fork(parent, nextFreePid());
  }

  synchronized int fork(int parent, int pid) {
    Task forker = task(parent);
    return child(forker, forker.tgid, parent, pid);
  }

  /** As fork, with CLONE_PARENT. */
  synchronized int forkSibling(int sibling) {
    Task forker = task(sibling);
    Task leader = task(forker.tgid);
    return child(forker, leader.ppid, leader.forker, nextFreePid());
  }

  private void tellBirth(int forker, int pid, int tid) {
    if (listener != null) {
      listener.forked(forker, pid, tid);
    }
  }

  private void tellEnd(int tid) {
    if (listener != null) {
      listener.exited(tid);
    }
  }

  private int child(Task like, int ppid, int forker, int pid) {
    Task leader = task(like.tgid);
    Task child = add(pid, pid, ppid);
    child.forker = forker;
    child.pgrp = leader.pgrp;
    child.session = leader.session;
    child.uid = leader.uid;
    child.savedUid = leader.savedUid;
    child.image = leader.image;
    child.comm = leader.comm;
    child.namespace = leader.namespace;
    tellBirth(like.tid, pid, pid);
    return pid;
  }

  /** fork and exec. */
  synchronized int run(int parent, String comm) {
    int pid = fork(parent);
    exec(pid, comm);
    return pid;
  }

  synchronized void exec(int pid, String comm) {
    task(pid).image = newImage();
    task(pid).comm = comm;
    for (int tid : threads(pid)) {
      if (tid != pid) {
        endAndReapThread(tid);
      }
    }
    if (listener != null) {
      listener.execed(pid);
    }
  }

  /** exec by a thread that is not the first: it gets the id of the process. de_thread. */
  synchronized void execByThread(int tid, String comm) {
    int pid = task(tid).tgid;
    if (task(pid).state != 'Z') {
      tellEnd(pid);
    }
    task(pid).state = 'S';
    tasks.remove(tid); // no end of it is told
    exec(pid, comm);
  }

  /** exec of a program with the setuid bit. */
  synchronized void execSetuid(int pid, String comm) {
    exec(pid, comm);
    tellEnd(pid);
  }

  synchronized void setImage(int pid, long image) {
    task(pid).image = image;
  }

  synchronized long image(int pid) {
    return task(pid).image;
  }

  synchronized int thread(int pid) {
    return thread(pid, nextFreePid());
  }

  /** A thread that another thread than the first has started. */
  synchronized int threadOf(int forker) {
    return thread(task(forker).tgid, nextFreePid(), forker);
  }

  synchronized int thread(int pid, int tid) {
    return thread(pid, tid, pid);
  }

  private int thread(int pid, int tid, int forker) {
    Task thread = add(tid, pid, task(pid).ppid);
    thread.comm = "worker";
    thread.uid = task(pid).uid;
    thread.savedUid = task(pid).savedUid;
    tellBirth(forker, pid, tid);
    return tid;
  }

  synchronized void setsid(int pid) {
    task(pid).session = pid;
    task(pid).pgrp = pid;
  }

  synchronized void setpgrp(int pid) {
    task(pid).pgrp = pid;
  }

  synchronized void setUids(int pid, int real, int saved) {
    task(pid).uid = real;
    task(pid).savedUid = saved;
  }

  synchronized void setFlags(int pid, int flags) {
    task(pid).flags = flags;
  }

  synchronized void setReadable(int pid, boolean readable) {
    task(pid).readable = readable;
  }

  synchronized void setNamespace(int pid, String namespace, Integer... nsPids) {
    task(pid).namespace = namespace;
    task(pid).nsPids = List.of(nsPids);
  }

  synchronized void setNamespaceAbove(String namespace, String above) {
    namespacesAbove.put(namespace, above);
  }

  /** A process ends and stays a zombie; init adopts its children. */
  synchronized void exit(int pid) {
    endThread(pid);
    for (int tid : threads(pid)) {
      if (tid != pid) {
        endAndReapThread(tid);
      }
    }
    for (Task task : tasks.values()) {
      if (task.ppid == pid) {
        task.ppid = INIT;
        task.forker = INIT;
      }
    }
  }

  /** A leader ends and stays a zombie while other threads live. */
  synchronized void endThread(int tid) {
    if (task(tid).state != 'Z') {
      tellEnd(tid);
    }
    task(tid).state = 'Z';
    task(tid).image = 0;
  }

  /** A process ends and is gone. */
  synchronized void kill(int pid) {
    exit(pid);
    tasks.remove(pid);
  }

  synchronized void endAndReapThread(int tid) {
    tellEnd(tid);
    tasks.remove(tid);
  }

  synchronized void afterListing(Runnable what) {
    behind = what;
  }

  synchronized void afterReading(int pid, Runnable what) {
    afterPid = pid;
    afterwards = what;
  }

  synchronized int statReads() {
    return statReads;
  }

  synchronized int listings() {
    return listings;
  }

  /** Living threads, by id. */
  synchronized List<Integer> livingThreads() {
    return tasks.values().stream().filter(t -> t.state != 'Z').map(t -> t.tid).toList();
  }

  synchronized int processOf(int tid) {
    return task(tid).tgid;
  }

  /** Living processes, by id. */
  synchronized List<Integer> living() {
    List<Integer> living = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (task.tid == task.tgid && task.state != 'Z') {
        living.add(task.tid);
      }
    }
    return living;
  }

  private Task add(int tid, int tgid, int ppid) {
    Task task = new Task(tid, tgid, clock++);
    task.ppid = ppid;
    task.forker = ppid;
    tasks.put(tid, task);
    return task;
  }

  private Task task(int tid) {
    Task task = tasks.get(tid);
    if (task == null) {
      throw new IllegalArgumentException("no task " + tid);
    }
    return task;
  }

  private int nextFreePid() {
    return nextPid++;
  }

  private long newImage() {
    return 0x7ff000000000L + (++images << 28) + 0xd10;
  }

  @Override
  public synchronized int[] processes() {
    listings++;
    int[] pids =
        tasks.values().stream().filter(t -> t.tid == t.tgid).mapToInt(t -> t.tid).toArray();
    Runnable what = behind;
    behind = null;
    if (what != null) {
      what.run();
    }
    return pids;
  }

  @Override
  public synchronized @Nullable TaskStat stat(int tid) {
    statReads++;
    TaskStat read = read(tid);
    Runnable what = tid == afterPid ? afterwards : null;
    if (what != null) {
      afterwards = null;
      what.run();
    }
    return read;
  }

  private @Nullable TaskStat read(int tid) {
    Task task = tasks.get(tid);
    if (task == null || !task.readable) {
      return null;
    }
    return new TaskStat(
        tid,
        task.comm,
        task.state,
        task.ppid,
        task.pgrp,
        task.session,
        -1,
        task.flags,
        threads(task.tgid).length,
        task.startTime,
        task.image);
  }

  @Override
  public synchronized @Nullable TaskStatus status(int tid) {
    Task task = tasks.get(tid);
    if (task == null || !task.readable) {
      return null;
    }
    List<Integer> nsPids = task.nsPids.isEmpty() ? List.of(tid) : task.nsPids;
    TaskStatus.Ids uids = new TaskStatus.Ids(task.uid, task.uid, task.savedUid, task.uid);
    TaskStatus.Ids gids = new TaskStatus.Ids(0, 0, 0, 0);
    return new TaskStatus(tid, task.tgid, uids, gids, Set.of(), 0, nsPids);
  }

  @Override
  public synchronized boolean exists(int tid) {
    return tasks.containsKey(tid);
  }

  @Override
  public synchronized int[] threads(int pid) {
    return tasks.values().stream().filter(t -> t.tgid == pid).mapToInt(t -> t.tid).toArray();
  }

  @Override
  public boolean waitsForVfork(int tid) {
    return false;
  }

  @Override
  public synchronized int[] children(int pid, int tid) {
    return tasks.values().stream()
        .filter(t -> t.tid == t.tgid && t.forker == tid)
        .mapToInt(t -> t.tid)
        .toArray();
  }

  @Override
  public synchronized @Nullable String pidNamespace(int tid, int levelsUp) {
    Task task = tasks.get(tid);
    String namespace = task == null ? null : task.namespace;
    for (int level = 0; level < levelsUp && namespace != null; level++) {
      namespace = namespacesAbove.get(namespace);
    }
    return namespace;
  }

  /** Every task is born in a tick of its own. */
  @Override
  public synchronized long uptimeTicks() {
    return clock;
  }

  /** The same clock in nanoseconds. */
  long nanoTime() {
    return uptimeTicks() * 10_000_000;
  }
}
