package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Real processes, found by reading {@code /proc}. A process that nobody moved is in the root group.
 * A child is in the group that its parent was in when it was forked. Processes that have exited
 * disappear.
 *
 * <p>Nothing runs in the background. {@code /proc} is read when somebody asks ({@link
 * ProcessTable}). For processes that were born meanwhile, {@link Lineage} finds the parents. {@link
 * AttachRules} says who may move whom. One object serves one hierarchy.
 *
 * <p>Where it differs from the kernel:
 *
 * <ul>
 *   <li>Unlike Linux, a child whose parent died before anybody looked counts as a member of the
 *       group of whoever adopted it, mostly the root. It is still found if it runs its parent's
 *       program, or is in a session or process group whose leader is known.
 *   <li>Unlike Linux, a child born with {@code CLONE_PARENT} is recognised as its sibling's child
 *       only while it runs its sibling's program and the two do not run their parent's. This does
 *       not work if address space randomisation is off, or if the daemon may not see it (another
 *       user's processes).
 *   <li>Unlike Linux, a child forked between the look at {@code /proc} and the move that follows
 *       counts as born after the move.
 *   <li>Unlike Linux, if the threads of a process are in several groups, a new thread counts as one
 *       of those that were never moved alone, whichever thread started it. A child goes with the
 *       thread that forked it only where the kernel has {@code /proc/PID/task/TID/children}.
 *   <li>Unlike Linux, a reader outside the daemon's pid namespace gets the daemon's ids.
 * </ul>
 *
 * <p><b>Concurrency:</b> thread-safe. It has a lock of its own. It may be called while the
 * hierarchy's lock is held, and calls nobody itself.
 */
public final class ProcMembership implements Membership {
  /** How often a log line may look at all processes, so as to see short-lived parents. */
  private static final long MIN_GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A glance waits this many times as long as the last one took: two percent of one processor. */
  private static final int GLANCE_REST = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final ProcFs proc;
  private final LongSupplier nanoTime;
  private final PidNamespaces namespaces;
  private final AttachRules rules;
  private final TaskNames names;
  private final RecentCensus recent;

  @GuardedBy("lock")
  private final ProcessTable table;

  @GuardedBy("lock")
  private long nextGlance;

  /** What the table says of groups that may have processes; written under the lock. */
  private volatile Set<Cgroup> occupied = Set.of();

  /**
   * A process for each group that was in it when last asked, and is in it as long as it lives:
   * nobody has been moved since. So most questions need not wait for who looks at {@code /proc}.
   */
  private final Map<Cgroup, TaskStat> witnesses = new ConcurrentHashMap<>();

  /** A membership that reads {@code /proc}. */
  public ProcMembership() {
    this(new ProcReader("/proc"), System::nanoTime);
  }

  ProcMembership(ProcFs proc, LongSupplier nanoTime) {
    this.proc = proc;
    this.nanoTime = nanoTime;
    this.namespaces = new PidNamespaces(proc);
    this.rules = new AttachRules(proc, namespaces);
    this.names = new TaskNames(proc, nanoTime);
    this.recent = new RecentCensus(nanoTime);
    this.table = new ProcessTable(proc);
    this.nextGlance = nanoTime.getAsLong();
  }

  /**
   * {@inheritDoc} It looks at all processes first, which takes milliseconds.
   *
   * <p>A number other than 0 is meant in the pid namespace of the caller, if that namespace is
   * below the daemon's.
   */
  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException {
    TaskStatus task = rules.requireMovable(pid, scope, caller);
    consent.ask(task.tid());
    lock.lock();
    try {
      refresh();
      witnesses.clear();
      boolean moved = table.move(task, scope, keyOf(group));
      occupied = table.occupied();
      recent.clear();
      if (!moved) {
        throw new ErrnoException(
            Errno.ESRCH,
            "process %d is exiting and cannot be moved; write the id of a live one"
                .formatted(task.tid()));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc} If the group may have members, it looks at all processes, which takes
   * milliseconds.
   */
  @Override
  public int[] list(Cgroup group, Scope scope) {
    if (!mayBeOccupied(group)) {
      return new int[0];
    }
    lock.lock();
    try {
      refresh();
      return table.list(keyOf(group), scope);
    } finally {
      lock.unlock();
    }
  }

  /** {@inheritDoc} It can be up to a tenth of a second old, but for moves. */
  @Override
  public Census census() {
    return recent.get(this::count);
  }

  private Census count() {
    lock.lock();
    try {
      refresh();
      Map<Cgroup, Integer> counts = table.count();
      int inRoot = table.list(null, Scope.PROCESS).length;
      return group -> group.isRoot() ? inRoot : counts.getOrDefault(group, 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int[] seenBy(Caller reader, int[] ids) {
    return namespaces.seenBy(reader.tid(), ids);
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    if (!mayBeOccupied(group)) {
      return false;
    }
    if (isWitnessed(group)) {
      return true;
    }
    lock.lock();
    try {
      Cgroup key = keyOf(group);
      TaskStat found = table.liveMember(key);
      if (found == null) {
        refresh(); // one that died may have forked
        found = table.liveMember(key);
      }
      if (found != null && group.isAlive()) {
        witnesses.put(group, found);
      }
      return found != null;
    } finally {
      lock.unlock();
    }
  }

  private boolean mayBeOccupied(Cgroup group) {
    return group.isRoot() || occupied.contains(group);
  }

  private boolean isWitnessed(Cgroup group) {
    TaskStat witness = witnesses.get(group);
    if (witness == null) {
      return false;
    }
    TaskStat now = proc.stat(witness.pid());
    // asked once more: a move that has begun since takes all witnesses away first
    return now != null
        && !now.isDead()
        && witness.isSame(now)
        && witness.equals(witnesses.get(group));
  }

  @Override
  public void removed(Cgroup group) {
    witnesses.remove(group);
  }

  /**
   * {@inheritDoc} The name can be up to a tenth of a second old. Now and then this looks at all
   * processes: when somebody writes, processes are probably coming and going, and those with a
   * short life can be parents, too.
   */
  @Override
  public String describe(int tid) {
    String known = names.fresh(tid);
    if (known != null) {
      return known;
    }
    glance();
    return names.lookUp(tid);
  }

  private void glance() {
    // Never waits: whoever has the lock looks at the processes anyway.
    if (lock.tryLock()) {
      try {
        if (!table.isIdle() && nanoTime.getAsLong() - nextGlance >= 0) {
          refresh();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @GuardedBy("lock")
  private void refresh() {
    long before = nanoTime.getAsLong();
    table.refresh();
    occupied = table.occupied();
    long after = nanoTime.getAsLong();
    nextGlance = after + Math.max(MIN_GLANCE_NANOS, GLANCE_REST * (after - before));
  }

  /** How many processes, living and gone, are kept. */
  int size() {
    lock.lock();
    try {
      return table.size();
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Cgroup keyOf(Cgroup group) {
    return group.isRoot() ? null : group;
  }
}
