package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes, with their groups kept by the kernel itself. The daemon has a cgroup hierarchy of
 * its own ({@link NamedHierarchy}). For each group that a process was ever moved to, it makes a
 * second group there, called its twin. So new children, threads, orphans and exits are exactly
 * where Linux has them. {@link AttachRules} says who may move whom, as with {@link ProcMembership}.
 *
 * <p>The twins lie side by side and are named by the ids of the groups. A group without a twin has
 * no members, so a hundred thousand groups without processes cost nothing. When a group is renamed,
 * its twin stays as it is. And the running kernel cannot refuse a name or a depth that the profile
 * allows.
 *
 * <p><b>Concurrency:</b> thread-safe. Its lock is held while twins are made or removed, and during
 * moves. Reading needs no lock.
 */
public final class HierarchyMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(HierarchyMembership.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final ProcFs proc;
  private final PidNamespaces namespaces;
  private final AttachRules rules;
  private final TaskNames names;
  private final NamedHierarchy kernel;

  /** The groups below the root that have a twin. */
  private final Set<Cgroup> twins = ConcurrentHashMap.newKeySet();

  @GuardedBy("lock")
  private boolean closed;

  private HierarchyMembership(ProcFs proc, NamedHierarchy kernel, LongSupplier nanoTime) {
    this.proc = proc;
    this.namespaces = new PidNamespaces(proc);
    this.rules = new AttachRules(proc, namespaces);
    this.names = new TaskNames(proc, nanoTime);
    this.kernel = kernel;
  }

  /**
   * Makes a hierarchy in the kernel. First it removes hierarchies that killed daemons left behind.
   *
   * @throws IOException if that is not possible here, with the reason
   */
  public static HierarchyMembership open() throws IOException {
    ProcFs proc = new ProcReader("/proc");
    HierarchyName name = HierarchyName.own(proc, System.nanoTime());
    if (name == null) {
      throw new IOException("/proc does not show this process: mount a proc file system there");
    }
    for (String each : NamedHierarchy.names()) {
      HierarchyName other = HierarchyName.parse(each);
      if (other != null && other.isLeftBehind(proc)) {
        NamedHierarchy.remove(each);
      }
    }
    return new HierarchyMembership(proc, NamedHierarchy.open(name.toString()), System::nanoTime);
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
    lock.lock();
    try {
      int id = scope == Scope.PROCESS ? task.tgid() : task.tid();
      int result = isLive(id, scope) ? kernel.move(twin(group), scope, id) : -Errno.ESRCH.number();
      if (Errno.ESRCH.is(result)) {
        throw new ErrnoException(
            Errno.ESRCH,
            "process %d is exiting and cannot be moved; write the id of a live one"
                .formatted(task.tid()));
      }
      if (result < 0) {
        throw new ErrnoException(
            Errno.ENOMEM,
            "the kernel's own hierarchy did not take process %d (%s); mount with --membership proc"
                .formatted(task.tid(), Libc.text(result)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The kernel takes the id of a zombie and moves nobody. */
  private boolean isLive(int id, Scope scope) {
    TaskStat stat = proc.stat(id);
    if (stat == null) {
      return false;
    }
    return switch (scope) {
      case THREAD -> !stat.isDead();
      case PROCESS -> proc.isLive(stat);
    };
  }

  @GuardedBy("lock")
  private String twin(Cgroup group) throws ErrnoException {
    String directory = directory(group);
    if (!group.isRoot() && !twins.contains(group)) {
      int result = kernel.mkdir(directory);
      if (result < 0) {
        throw new ErrnoException(
            Errno.ENOMEM,
            "the kernel made no group for the processes of %s (%s); mount with --membership proc"
                .formatted(group.path(), Libc.text(result)));
      }
      twins.add(group);
    }
    return directory;
  }

  private static String directory(Cgroup group) {
    return group.isRoot() ? NamedHierarchy.TOP : Long.toString(group.id());
  }

  private boolean hasTwin(Cgroup group) {
    return group.isRoot() || twins.contains(group);
  }

  @Override
  public int[] list(Cgroup group, Scope scope) {
    return hasTwin(group) ? kernel.list(directory(group), scope) : new int[0];
  }

  @Override
  public int[] seenBy(Caller reader, int[] ids) {
    return namespaces.seenBy(reader.tid(), ids);
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    return hasTwin(group) && kernel.isPopulated(directory(group));
  }

  @Override
  public void removed(Cgroup group) {
    lock.lock();
    try {
      if (twins.remove(group)) {
        int result = kernel.rmdir(directory(group));
        if (result < 0) { // it goes when this is closed
          LOG.debug("the kernel's group of {} stays for now: {}", group, Libc.text(result));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@inheritDoc} The name can be up to a tenth of a second old. */
  @Override
  public String describe(int tid) {
    String known = names.fresh(tid);
    return known != null ? known : names.lookUp(tid);
  }

  /** Removes the hierarchy from the kernel. The processes live on. May be called again. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        twins.clear();
        kernel.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
