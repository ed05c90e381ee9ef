package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Real processes, told by the kernel's events of {@code fork}, {@code exec} and {@code exit}
 * ({@link ForkEvents}). So new children, also those of {@code CLONE_PARENT}, threads, orphans and
 * exits are exactly where Linux has them, and nobody else can see that somebody listens. {@link
 * AttachRules} says who may move whom, as with {@link ProcMembership}.
 *
 * <p>Members are listed without a look at {@code /proc}, but for those of the root. A process that
 * is just being born is in the root for the moment until its birth is told; it has not run yet.
 *
 * <p><b>Concurrency:</b> thread-safe. The lock is that of {@link ForkEvents}, which all hierarchies
 * share. It is held for microseconds, but while a process with many threads is moved, and while
 * {@code /proc} is looked at after a loss.
 */
final class EventMembership implements Membership {
  /** So many processes are looked at before all are. */
  private static final int FEW = 4;

  private final ProcFs proc;
  private final ForkEvents events;
  private final Runnable release;
  private final TaskTable table;
  private final PidNamespaces namespaces;
  private final AttachRules rules;
  private final TaskNames names;
  private final RecentCensus recent;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * All processes are in the root.
   *
   * @param release gives the events back
   */
  EventMembership(ProcFs proc, ForkEvents events, Runnable release, LongSupplier nanoTime) {
    this.proc = proc;
    this.events = events;
    this.release = release;
    this.table = events.newTable();
    this.namespaces = new PidNamespaces(proc);
    this.rules = new AttachRules(proc, namespaces);
    this.names = new TaskNames(proc, nanoTime);
    this.recent = new RecentCensus(nanoTime);
  }

  /**
   * Begins to listen. All processes are in the root.
   *
   * @throws IOException if the kernel does not let us, with the reason
   */
  static EventMembership open(SharedEvents shared) throws IOException {
    return new EventMembership(
        new ProcReader("/proc"), shared.acquire(), shared::release, System::nanoTime);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A number other than 0 is meant in the pid namespace of the caller, if that namespace is
   * below the daemon's.
   */
  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException {
    TaskStatus task = rules.requireMovable(pid, scope, caller);
    consent.ask(task.tid());
    Cgroup to = group.isRoot() ? null : group;
    boolean moved = events.isSo(() -> table.move(task.tgid(), task.tid(), scope, to));
    recent.clear();
    if (!moved) {
      throw new ErrnoException(
          Errno.ESRCH,
          "process %d is exiting and cannot be moved; write the id of a live one"
              .formatted(task.tid()));
    }
  }

  @Override
  public int[] list(Cgroup group, Scope scope) {
    if (group.isRoot()) {
      return listRoot(scope);
    }
    if (!table.mayHave(group)) {
      return new int[0];
    }
    int[] ids = events.upToDate(() -> table.list(group, scope));
    Arrays.sort(ids);
    return scope == Scope.THREAD ? ids : Arrays.stream(ids).distinct().toArray();
  }

  /** {@inheritDoc} The root's count can be up to a tenth of a second old, but for moves. */
  @Override
  public Census census() {
    Census ofRoot =
        recent.get(
            () -> {
              int processes = listRoot(Scope.PROCESS).length;
              return group -> processes;
            });
    return group -> group.isRoot() ? ofRoot.processes(group) : list(group, Scope.PROCESS).length;
  }

  /** A thread as /proc shows it. */
  private record Seen(int pid, int tid) {}

  @Override
  public @Nullable Cgroup groupOf(Cgroup root, int tid) {
    return events.upToDate(() -> Optional.ofNullable(table.groupOf(tid))).orElse(null);
  }

  /** All live threads but for those that are elsewhere; {@code /proc} is read without the lock. */
  private int[] listRoot(Scope scope) {
    List<Seen> living = new ArrayList<>();
    for (int pid : proc.processes()) {
      TaskStat stat = proc.stat(pid);
      if (stat == null) {
        continue;
      }
      if (!stat.isDead()) {
        living.add(new Seen(pid, pid));
      }
      for (int tid : stat.numThreads() <= 1 ? new int[0] : proc.threads(pid)) {
        if (tid != pid) {
          living.add(new Seen(pid, tid));
        }
      }
    }
    return events.upToDate(
        () ->
            living.stream()
                .filter(each -> table.isInRoot(each.tid()))
                .mapToInt(each -> scope == Scope.THREAD ? each.tid() : each.pid())
                .sorted()
                .distinct()
                .toArray());
  }

  @Override
  public int[] seenBy(Caller reader, int[] ids) {
    return namespaces.seenBy(reader.tid(), ids);
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    if (group.isRoot()) {
      return hasFirstOfAll() || listRoot(Scope.PROCESS).length > 0;
    }
    return table.mayHave(group) && events.isSo(() -> table.mayHave(group));
  }

  /** Whether one of the processes that /proc lists first is in the root: so it mostly is. */
  private boolean hasFirstOfAll() {
    int[] all = proc.processes();
    for (int pid : Arrays.copyOf(all, Math.min(all.length, FEW))) {
      TaskStat stat = proc.stat(pid);
      if (stat != null && !stat.isDead() && events.isSo(() -> table.isInRoot(pid))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void removed(Cgroup group) {
    if (table.mayHave(group)) {
      events.upToDate(
          () -> {
            table.removed(group);
            return group;
          });
    }
  }

  /** {@inheritDoc} The name can be up to a tenth of a second old. */
  @Override
  public String describe(int tid) {
    String known = names.fresh(tid);
    return known != null ? known : names.lookUp(tid);
  }

  /** How many threads are kept. */
  int size() {
    return events.upToDate(table::size);
  }

  /** Listens no more. May be called again. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      events.drop(table);
      release.run();
    }
  }
}
