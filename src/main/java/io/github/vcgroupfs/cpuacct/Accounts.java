package io.github.vcgroupfs.cpuacct;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.cgroup.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a hierarchy as they were last seen, and the looks at them. A process has one
 * account. If its threads were moved one by one, each thread has one. Of the tasks in the root
 * there are accounts only for those that came back to it.
 *
 * <p>Thread-safe: its lock guards the accounts and the sums of all groups.
 */
final class Accounts {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition occupiedOnes = lock.newCondition();
  private final Tasks tasks;

  /** Processes that are in one group, and threads of those in {@link #split}; by their ids. */
  @GuardedBy("lock")
  private final Map<Integer, Account> accounts = new HashMap<>();

  /** Processes whose threads were moved one by one. */
  @GuardedBy("lock")
  private final Set<Integer> split = new HashSet<>();

  /** The groups below the root that may have tasks: one was moved there. */
  @GuardedBy("lock")
  private final Set<Cgroup> occupied = new HashSet<>();

  @GuardedBy("lock")
  private final Map<Cgroup, List<Move>> moves = new HashMap<>();

  Accounts(Tasks tasks) {
    this.tasks = tasks;
  }

  /** A move that is about to happen. */
  private record Move(int pid, int tid, Membership.Scope scope) {}

  /** Gives an answer when the sums of a group are up to date, and while they stay as they are. */
  <T> T upToDate(Cgroup group, Supplier<T> answer) {
    lock.lock();
    try {
      if (!group.isRoot()) { // the root's sums are those of the computer
        lookInto(at -> isWithin(at, group));
      }
      return answer.get();
    } finally {
      lock.unlock();
    }
  }

  /** Brings the sums of a group up to date. */
  void look(Cgroup group) {
    upToDate(group, () -> group);
  }

  /** Brings the sums of all groups up to date. */
  void lookAtAll() {
    lock.lock();
    try {
      lookInto(at -> true);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to look at. */
  void awaitTasks() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (occupied.isEmpty()) {
        occupiedOnes.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isWithin(Cgroup group, Cgroup top) {
    for (Cgroup at = group; at != null; at = at.parent()) {
      if (at == top) {
        return true;
      }
    }
    return false;
  }

  // --- moves -----------------------------------------------------------------------------------

  /** A task is about to be moved: what it used so far goes to the group it is in. */
  void leaving(Cgroup to, int id, Membership.Scope scope) {
    lock.lock();
    try {
      lookInto(at -> true);
      moves
          .computeIfAbsent(to, group -> new ArrayList<>())
          .add(new Move(tasks.processOf(id), id, scope));
    } finally {
      lock.unlock();
    }
  }

  /** It was not moved. */
  void stayed(Cgroup to) {
    lock.lock();
    try {
      moves.remove(to);
    } finally {
      lock.unlock();
    }
  }

  /** It was moved. */
  void arrived(Cgroup to) {
    lock.lock();
    try {
      List<Move> done = moves.remove(to);
      if (done != null) {
        done.forEach(move -> carryOut(move, to));
      }
      if (!to.isRoot()) {
        occupied.add(to);
        occupiedOnes.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void carryOut(Move move, Cgroup to) {
    int[] threads = tasks.threads(move.pid());
    boolean isSplit = split.contains(move.pid());
    if (move.scope() == Membership.Scope.THREAD && (isSplit || threads.length > 1)) {
      if (!isSplit) {
        divide(move.pid(), threads);
      }
      open(move.tid(), to, tasks.thread(move.tid()));
      return;
    }
    if (split.remove(move.pid())) {
      for (int tid : threads) {
        accounts.remove(tid);
      }
    }
    open(move.pid(), to, tasks.process(move.pid()));
  }

  /** From now on each of its threads has an account, if the process had one. */
  @GuardedBy("lock")
  private void divide(int pid, int[] threads) {
    split.add(pid);
    Account whole = accounts.remove(pid);
    if (whole != null) {
      for (int tid : threads) {
        open(tid, whole.group(), tasks.thread(tid));
      }
    }
  }

  /** What it used until now is not that group's. Tasks that were only in the root have none. */
  @GuardedBy("lock")
  private void open(int id, Cgroup group, @Nullable TaskTimes now) {
    Account known = accounts.get(id);
    if (now == null) {
      return;
    }
    if (known != null && known.isSame(now)) {
      known.moveTo(group);
    } else if (!group.isRoot()) {
      accounts.put(id, Account.ofArrival(now, group));
    }
  }

  /** The group was removed. Nobody is in it. */
  void removed(Cgroup group) {
    lock.lock();
    try {
      occupied.remove(group);
      moves.remove(group);
      for (Account each : accounts.values()) {
        if (each.group() == group) {
          each.moveTo(rootOf(group)); // a zombie: its parent, when it waits, will tell its time
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static Cgroup rootOf(Cgroup group) {
    Cgroup at = group;
    for (Cgroup above = at.parent(); above != null; above = above.parent()) {
      at = above;
    }
    return at;
  }

  // --- looks -----------------------------------------------------------------------------------

  /**
   * Charges the groups with what their tasks used since the last look. Times are read first, and
   * then it is seen who has ended: who waited for them meanwhile cannot tell it yet, and will at
   * the next look.
   */
  @GuardedBy("lock")
  private void lookInto(Predicate<Cgroup> wanted) {
    Map<Integer, TaskTimes> seen = new HashMap<>();
    for (Cgroup group : List.copyOf(occupied)) {
      if (wanted.test(group)) {
        lookInto(group, seen);
      }
    }
    bury(seen, wanted);
    seen.forEach(
        (id, times) -> {
          Account account = accounts.get(id);
          if (account != null && account.isSame(times)) {
            account.observe(times);
          }
        });
  }

  /** Reads the times of the tasks in one group, and opens accounts of those that are new. */
  @GuardedBy("lock")
  private void lookInto(Cgroup group, Map<Integer, TaskTimes> seen) {
    boolean empty = true;
    boolean hasSplit = false;
    for (int pid : group.members(Membership.Scope.PROCESS)) {
      empty = false;
      if (split.contains(pid)) {
        hasSplit = true;
      } else {
        enter(pid, group, tasks.process(pid), seen);
      }
    }
    if (hasSplit) {
      for (int tid : group.members(Membership.Scope.THREAD)) {
        if (split.contains(tasks.processOf(tid))) {
          enter(tid, group, tasks.thread(tid), seen);
        }
      }
    }
    if (empty) {
      occupied.remove(group);
    }
  }

  @GuardedBy("lock")
  private void enter(
      int id, Cgroup group, @Nullable TaskTimes times, Map<Integer, TaskTimes> seen) {
    if (times == null) {
      return;
    }
    Account known = accounts.get(id);
    if (known == null) {
      accounts.put(id, Account.ofBirth(times, group));
    } else if (known.isSame(times)) {
      known.moveTo(group);
    }
    seen.put(id, times); // another one with the id of one that ended gets an account next time
  }

  /**
   * Closes the accounts of those that have ended. Zombies are looked at for a last time. Of the
   * others the parent is told what was charged already.
   */
  @GuardedBy("lock")
  private void bury(Map<Integer, TaskTimes> seen, Predicate<Cgroup> wanted) {
    Map<Integer, Account> gone = new HashMap<>();
    for (Map.Entry<Integer, Account> each : accounts.entrySet()) {
      int id = each.getKey();
      Account account = each.getValue();
      if (account.isSame(seen.get(id))) {
        continue;
      }
      boolean matters = wanted.test(account.group()) || account.group().isRoot();
      if (!matters && !seen.containsKey(account.ppid())) {
        continue;
      }
      TaskTimes now = times(id);
      if (account.isSame(now)) {
        seen.put(id, now);
      } else {
        gone.put(id, account);
      }
    }
    accounts.keySet().removeAll(gone.keySet());
    split.removeIf(pid -> tasks.threads(pid).length == 0);
    gone.values().forEach(each -> tellParent(each, gone));
  }

  @GuardedBy("lock")
  private @Nullable TaskTimes times(int id) {
    boolean ofThread = !split.isEmpty() && split.contains(tasks.processOf(id));
    return ofThread ? tasks.thread(id) : tasks.process(id);
  }

  @GuardedBy("lock")
  private void tellParent(Account ended, Map<Integer, Account> gone) {
    int ppid = ended.ppid();
    for (int steps = 0; gone.containsKey(ppid) && steps <= gone.size(); steps++) {
      ppid = gone.get(ppid).ppid();
    }
    Account parent = accounts.get(ppid);
    if (parent != null) {
      parent.accountFor(ended.life());
    }
  }
}
