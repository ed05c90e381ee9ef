package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Real processes, told from {@code /proc}. A process nobody moved is in the root group; a child is
 * in the group its parent was in when it was forked; the dead leave by themselves.
 *
 * <p>Nothing runs in the background: {@code /proc} is read when somebody asks ({@link
 * ProcessTable}), and who was born meanwhile is told by its parents ({@link Lineage}). Who may move
 * whom is in {@link AttachRules}. One object serves one hierarchy.
 *
 * <p>Where that falls short of the kernel:
 *
 * <ul>
 *   <li>Unlike Linux, a child that nobody looked at before its parent died is lost to the group of
 *       whoever adopted it, mostly the root, unless it still runs its parent's program or is in a
 *       session or process group whose leader is known.
 *   <li>Unlike Linux, a child born with {@code CLONE_PARENT} is found to be its sibling's only
 *       while it runs its sibling's program and the two do not run their parent's; and none of this
 *       where address space randomisation is off or the daemon may not see it (another user's
 *       processes).
 *   <li>Unlike Linux, a child forked between the look at {@code /proc} and the move that follows
 *       counts as born after the move.
 *   <li>Unlike Linux, a new thread of a process whose threads are in several groups is with those
 *       that were never moved alone, whichever thread started it; a child goes with the thread that
 *       forked it only where the kernel has {@code /proc/PID/task/TID/children}.
 *   <li>Unlike Linux, a reader outside the daemon's pid namespace gets ids of the daemon's.
 * </ul>
 *
 * <p><b>Concurrency:</b> thread-safe under a lock of its own; it may be called with the hierarchy's
 * lock held and calls nobody.
 */
public final class ProcMembership implements Membership {
  /** How often a log line may look at all processes, so as to see short-lived parents. */
  private static final long MIN_GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A glance waits this many times as long as the last one took: two percent of one processor. */
  private static final int GLANCE_REST = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanoTime;
  private final PidNamespaces namespaces;
  private final AttachRules rules;
  private final TaskNames names;

  @GuardedBy("lock")
  private final ProcessTable table;

  @GuardedBy("lock")
  private long nextGlance;

  /** Reads {@code /proc}. */
  public ProcMembership() {
    this(new ProcReader("/proc"), System::nanoTime);
  }

  ProcMembership(ProcFs proc, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.namespaces = new PidNamespaces(proc);
    this.rules = new AttachRules(proc, namespaces);
    this.names = new TaskNames(proc, nanoTime);
    this.table = new ProcessTable(proc);
    this.nextGlance = nanoTime.getAsLong();
  }

  /**
   * {@inheritDoc} It looks at all processes first, which takes milliseconds.
   *
   * <p>A number other than 0 is taken in the pid namespace of the caller, if that is one below
   * ours.
   */
  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller) throws ErrnoException {
    lock.lock();
    try {
      TaskStatus task = rules.requireMovable(pid, scope, caller);
      refresh();
      if (!table.move(task, scope, keyOf(group))) {
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
   * {@inheritDoc} It looks at all processes, which takes milliseconds, if the group may have any.
   */
  @Override
  public int[] list(Cgroup group, Scope scope) {
    lock.lock();
    try {
      Cgroup key = keyOf(group);
      if (key != null && !table.mayBeOccupied(key)) {
        return new int[0];
      }
      refresh();
      return table.list(key, scope);
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
    lock.lock();
    try {
      Cgroup key = keyOf(group);
      if (key != null && !table.mayBeOccupied(key)) {
        return false;
      }
      if (table.hasLiveMember(key)) {
        return true;
      }
      refresh(); // one that died may have forked
      return table.hasLiveMember(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc} A name is up to a tenth of a second old. Now and then this looks at all
   * processes: whoever writes is a sign that processes come and go, and those with a short life are
   * parents too.
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
