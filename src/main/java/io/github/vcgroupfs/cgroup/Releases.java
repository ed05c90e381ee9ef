package io.github.vcgroupfs.cgroup;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds groups that have become empty, for the release agent. A group with {@code
 * notify_on_release} that has lost its last process or its last child, and now has neither, is
 * reported once. {@code check_for_release}.
 *
 * <p>A {@link Membership} answers when it is asked; it never reports an exit by itself. So this
 * class has to look. A group counts as occupied from the first move into it until it is seen empty.
 * Groups that are occupied and have the flag are watched. Every move looks at all watched groups.
 * For processes that exit, somebody has to call {@link #sweep} from time to time. A process is in a
 * group only because it, or an ancestor of it, was moved there.
 *
 * <p>Unlike Linux, an exit is noticed only when somebody looks. If the group gets a child or is
 * removed before that, nobody is called.
 *
 * <p><b>Concurrency:</b> thread-safe. It has a lock of its own, which comes before the hierarchy's
 * lock. Whoever holds it is the only one who moves members or removes a group, and may ask for
 * members, which can take long. Meanwhile others may make groups, change limits and read. Reports
 * wait in a queue until {@link #deliver}, so that no listener is called under a lock.
 */
public final class Releases {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Membership membership;

  /** The groups below the root that have had a task since they were last seen empty. */
  @GuardedBy("lock")
  private final Set<Cgroup> occupied = new HashSet<>();

  private final Queue<Release> pending = new ConcurrentLinkedQueue<>();
  private final List<ReleaseListener> listeners = new CopyOnWriteArrayList<>();
  private volatile String agent = "";

  Releases(Membership membership) {
    this.membership = membership;
  }

  /** A call of the agent, with what was so at that moment. */
  private record Release(String agent, String group) {}

  /** The program in {@code release_agent}. Empty if there is none. */
  public String agent() {
    return agent;
  }

  /** Writes {@code release_agent}. */
  public void setAgent(String program) {
    agent = program;
  }

  /** Adds a listener. It is called for every group that becomes empty from now on. */
  public void addListener(ReleaseListener listener) {
    listeners.add(listener);
  }

  /**
   * Calls the listeners for everything that has happened. Preconditions: this thread holds no lock.
   */
  public void deliver() {
    for (Release next = pending.poll(); next != null; next = pending.poll()) {
      for (ReleaseListener each : listeners) {
        each.released(next.agent(), next.group());
      }
    }
  }

  /** Looks which of the watched groups are empty now, and calls the listeners for them. */
  public void sweep() {
    lock.lock();
    try {
      lookAtWatched();
    } finally {
      lock.unlock();
    }
    deliver();
  }

  /** Waits, with no time limit, until at least one group is watched. */
  public void awaitWatched() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (watched().isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes a change while nobody is moved and no other group is removed. */
  void keepMembers(TreeLock.Change change) throws ErrnoException {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Moves a task. Groups that it was the last member of will be reported. */
  void attach(
      Cgroup group, int pid, Membership.Scope scope, Caller caller, Membership.Consent consent)
      throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group); // and so it stays: see keepMembers
      if (group.notifyOnRelease()) {
        look(group); // one that exited before is not to be mistaken for the one that comes
      }
      membership.attach(group, pid, scope, caller, consent);
      if (!group.isRoot()) {
        occupied.add(group);
      }
      lookAtWatched();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes {@code notify_on_release}. An exit so far was one under the old value. */
  void setNotify(Cgroup group, boolean wanted) throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      if (group.notifyOnRelease() != wanted) {
        look(group);
        group.setNotifyOnRelease(wanted);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A group was removed, perhaps the last child of its parent. The membership is told, as about
   * every move. Preconditions: the hierarchy's lock is held, and the parent does not list it any
   * more.
   */
  void removed(Cgroup group, Cgroup parent) {
    lock.lock();
    try {
      membership.removed(group);
      occupied.remove(group);
      if (isToBeTold(parent) && !membership.isPopulated(parent)) {
        occupied.remove(parent); // its last task's exit, if nobody saw it yet, is the same event
        tell(parent);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private List<Cgroup> watched() {
    return occupied.stream().filter(group -> group.notifyOnRelease()).toList();
  }

  @GuardedBy("lock")
  private void lookAtWatched() {
    watched().forEach(this::look);
  }

  @GuardedBy("lock")
  private void look(Cgroup group) {
    if (occupied.contains(group) && !membership.isPopulated(group)) {
      occupied.remove(group);
      if (isToBeTold(group)) {
        tell(group);
      }
    }
  }

  private static boolean isToBeTold(Cgroup group) {
    return !group.isRoot() && group.isAlive() && group.notifyOnRelease() && !group.hasChildren();
  }

  private void tell(Cgroup group) {
    String program = agent;
    if (!program.isEmpty()) {
      pending.add(new Release(program, group.path()));
    }
  }
}
