package io.github.vcgroupfs.signals;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.Effort;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import io.github.vcgroupfs.rights.Rights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the members of frozen groups with SIGSTOP, and lets them go on with SIGCONT. A look
 * compares who is stopped by this object with who should be, and mends the difference. A thread
 * looks again and again while a group freezes, because members fork, come, or are continued by
 * others.
 *
 * <p>Never stopped: this program and its guard, process 1, kernel threads; processes that none of
 * those who froze the group may signal; processes of which only some threads are members, since a
 * signal stops all of them. A group with one of those stays FREEZING. Processes that somebody else
 * has stopped already are left as they are, then and later.
 *
 * <p><b>Concurrency:</b> thread-safe. Its lock is held while members are listed and signals are
 * sent. {@link #hasStopped} takes no lock of its own.
 */
public final class SignalStopper implements Stopper, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalStopper.class);

  private static final long FIRST_REST_NS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_REST_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** It rests this many times as long as the last look took: two percent of one processor. */
  private static final int REST = 50;

  private static final int INIT = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ProcFs proc;
  private final ProcessSignals signals;
  private final Rights rights;
  private final int own;

  @GuardedBy("lock")
  private final Guard guard;

  @GuardedBy("lock")
  private List<Freezing> groups = List.of();

  /** Whom this object has stopped, by process id. */
  @GuardedBy("lock")
  private final Map<Integer, Held> held = new HashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  SignalStopper(ProcFs proc, ProcessSignals signals, Guard guard, Rights rights, int own) {
    this.proc = proc;
    this.signals = signals;
    this.guard = guard;
    this.rights = rights;
    this.own = own;
  }

  /** A process that this object has stopped. */
  private record Held(TaskStat stat, int handle) {}

  /**
   * Stops real processes, from the first group on that freezes.
   *
   * @param rights who is the mount's owner
   */
  public static SignalStopper start(Rights rights) {
    SignalStopper stopper =
        new SignalStopper(
            new ProcReader("/proc"),
            new PidFds(),
            new ShellGuard(),
            rights,
            (int) ProcessHandle.current().pid());
    Thread thread = new Thread(stopper::run, "vcgroupfs-freezer");
    thread.setDaemon(true);
    thread.start();
    return stopper;
  }

  private void run() {
    long restNs = FIRST_REST_NS;
    lock.lock();
    try {
      while (!closed) {
        if (groups.isEmpty()) {
          changed.await();
          restNs = FIRST_REST_NS;
        } else {
          Effort effort = Effort.begin();
          boolean settled = mend();
          // one that cannot be stopped is no reason to look all the time
          restNs = settled ? LONGEST_REST_NS : Math.min(2 * restNs, LONGEST_REST_NS);
          rest(Math.max(restNs, REST * effort.ns()));
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void rest(long restNs) throws InterruptedException {
    List<Freezing> known = groups;
    long leftNs = restNs;
    while (leftNs > 0 && !closed && groups.equals(known)) {
      leftNs = changed.awaitNanos(leftNs);
    }
  }

  @Override
  public void look(Supplier<List<Freezing>> wanted) {
    lock.lock();
    try {
      groups = closed ? List.of() : wanted.get();
      mend();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasStopped(Cgroup group) {
    for (int tid : group.members(Scope.THREAD)) {
      TaskStat stat = proc.stat(tid);
      if (stat != null
          && !stat.isDead()
          && !isKernelThread(stat)
          && !isStopped(stat)
          && !waitsForVfork(stat)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it does not run: by a signal, or by a debugger. */
  private static boolean isStopped(TaskStat stat) {
    return stat.state() == 'T' || stat.state() == 't';
  }

  /**
   * Whether it does not run before a child does, and stops then: the signal waits for it. A kernel
   * takes it for frozen, too ({@code kernel/fork.c wait_for_vfork_done}). Else a group whose member
   * was stopped between vfork and exec would be FREEZING for ever.
   */
  private boolean waitsForVfork(TaskStat stat) {
    return stat.state() == 'D' && proc.waitsForVfork(stat.pid());
  }

  private static boolean isKernelThread(TaskStat stat) {
    return (stat.flags() & TaskStat.PF_KTHREAD) != 0;
  }

  /**
   * Mends the difference between who is stopped and who should be.
   *
   * @return whether there was none
   */
  @GuardedBy("lock")
  private boolean mend() {
    Map<Integer, List<Caller>> meant = meant();
    for (int pid : List.copyOf(held.keySet())) {
      if (!meant.containsKey(pid)) {
        letGo(pid);
      }
    }
    boolean settled = true;
    Map<Integer, Held> fresh = new HashMap<>();
    for (Map.Entry<Integer, List<Caller>> each : meant.entrySet()) {
      int pid = each.getKey();
      TaskStat stat = proc.stat(pid);
      Held known = held.get(pid);
      if (known != null && !known.stat().isSame(stat)) {
        forget(pid, known);
        known = null;
      }
      if (stat == null || !proc.isLive(stat) || isStopped(stat)) {
        continue;
      }
      settled = false;
      if (known != null) { // it was continued by others, or takes its time
        signals.stop(pid, known.handle());
      } else if (mayStop(stat, each.getValue())) {
        hold(stat, fresh);
      }
    }
    if (!fresh.isEmpty()) {
      stopAll(fresh);
    }
    return settled;
  }

  /** The processes whose threads are all in groups that freeze, with who wants them to. */
  @GuardedBy("lock")
  private Map<Integer, List<Caller>> meant() {
    Set<Integer> tids = new HashSet<>();
    Map<Integer, List<Caller>> pids = new HashMap<>();
    for (Freezing each : groups) {
      for (int tid : each.group().members(Scope.THREAD)) {
        tids.add(tid);
      }
      for (int pid : each.group().members(Scope.PROCESS)) {
        pids.computeIfAbsent(pid, key -> new ArrayList<>()).addAll(each.by());
      }
    }
    pids.keySet().removeIf(pid -> !isWhollyIn(pid, tids));
    return pids;
  }

  private boolean isWhollyIn(int pid, Set<Integer> tids) {
    for (int tid : proc.threads(pid)) {
      if (!tids.contains(tid)) {
        TaskStat stat = proc.stat(tid);
        if (stat != null && !stat.isDead()) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@code kernel/signal.c kill_ok_by_cred}, for one of those who froze the group. */
  @GuardedBy("lock")
  private boolean mayStop(TaskStat stat, List<Caller> askers) {
    int pid = stat.pid();
    if (pid == own || pid == INIT || pid == guard.pid() || isKernelThread(stat)) {
      return false;
    }
    TaskStatus status = proc.status(pid);
    return status != null
        && askers.stream()
            .anyMatch(
                each ->
                    rights.isOwner(each)
                        || each.uid() == status.uids().real()
                        || each.uid() == status.uids().saved());
  }

  private void hold(TaskStat stat, Map<Integer, Held> fresh) {
    int handle = signals.open(stat.pid());
    if (handle >= 0) {
      fresh.put(stat.pid(), new Held(stat, handle));
    } else {
      LOG.debug("process {} cannot be stopped: {}", stat.pid(), Libc.text(handle));
    }
  }

  /** Stops those that are still meant, now that no later process can have their ids. */
  @GuardedBy("lock")
  private void stopAll(Map<Integer, Held> fresh) {
    Set<Integer> still = meant().keySet();
    for (Map.Entry<Integer, Held> each : fresh.entrySet()) {
      int pid = each.getKey();
      Held process = each.getValue();
      boolean meant = still.contains(pid) && process.stat().isSame(proc.stat(pid));
      if (!meant || !stopOne(pid, process)) {
        signals.close(process.handle());
      }
    }
  }

  @GuardedBy("lock")
  private boolean stopOne(int pid, Held process) {
    try {
      guard.holds(pid, process.stat().startTime()); // first, for this program may be killed now
    } catch (IOException e) {
      LOG.warn("process {} is not stopped, for nobody would continue it after a kill -9", pid, e);
      return false;
    }
    int result = signals.stop(pid, process.handle());
    if (result < 0) {
      LOG.debug("process {} cannot be stopped: {}", pid, Libc.text(result));
      guard.hasLetGo(pid);
      return false;
    }
    held.put(pid, process);
    return true;
  }

  @GuardedBy("lock")
  private void letGo(int pid) {
    Held process = held.get(pid);
    if (process != null) {
      int result = signals.goOn(pid, process.handle());
      LOG.debug("process {} goes on: {}", pid, result);
      forget(pid, process);
    }
  }

  @GuardedBy("lock")
  private void forget(int pid, Held process) {
    held.remove(pid);
    guard.hasLetGo(pid);
    signals.close(process.handle());
  }

  /** Lets all go on, and stops nobody any more. May be called again. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      groups = List.of();
      for (int pid : List.copyOf(held.keySet())) {
        letGo(pid);
      }
      guard.close();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
