package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.UseHierarchyRule;
import io.github.vcgroupfs.memcg.counter.GuardedListener;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One tree of memory groups under one kernel profile, and every change that a control file makes to
 * it. The rules are applied by {@link LimitRules}, {@link SettingRules} and {@link Injection}; this
 * class owns the lock, the tree and what belongs to no single group.
 *
 * <p><b>Concurrency:</b> thread-safe. What changes something takes the lock; readers do not.
 */
public final class Hierarchy {
  private final ReentrantLock lock = new ReentrantLock();

  private final KernelProfile profile;
  private final ModelListener listener;
  private final Membership membership;
  private final TcpMachine machine;
  private final AccountingBranch tcpBranch = new AccountingBranch(AccountingBranch.TCP);
  private final AccountingBranch kmemBranch = new AccountingBranch(AccountingBranch.KMEM);
  private final List<GroupListener> groupListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong injectedMemory = new AtomicLong();
  private final AtomicLong injectedKmem = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong groups = new AtomicLong(1);
  private final Events events;
  private final Releases releases;
  private final MemCgroup root;
  private volatile boolean accountsAlways;

  /** A hierarchy that tells nobody of events. */
  public Hierarchy(
      KernelProfile profile, Membership membership, LongSupplier nanoTime, ModelListener listener) {
    this(profile, membership, Notifier.NONE, nanoTime, listener);
  }

  /**
   * A hierarchy with its root and nothing else.
   *
   * @param profile whose rules apply
   * @param membership who is in which group
   * @param notifier how events reach who asked for them
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param listener hears of broken invariants
   */
  public Hierarchy(
      KernelProfile profile,
      Membership membership,
      Notifier notifier,
      LongSupplier nanoTime,
      ModelListener listener) {
    this.profile = profile;
    this.membership = membership;
    this.listener = new GuardedListener(listener);
    this.machine = new TcpMachine(profile.tcp().memPages(), nanoTime);
    this.events = new Events(this, notifier);
    this.releases = new Releases(membership);
    this.groupListeners.add(events::offline);
    this.root = new MemCgroup(this, null, ids.incrementAndGet(), "");
  }

  /** Whose rules apply. */
  public KernelProfile profile() {
    return profile;
  }

  /** The top group. */
  public MemCgroup root() {
    return root;
  }

  /** Who is in which group. */
  public Membership membership() {
    return membership;
  }

  /** Who asked to be told what. */
  public Events events() {
    return events;
  }

  /** Who is told that a group is empty. */
  public Releases releases() {
    return releases;
  }

  /** The machine-wide TCP memory. */
  public TcpMachine machine() {
    return machine;
  }

  /** The static branch for TCP accounting. */
  public AccountingBranch tcpBranch() {
    return tcpBranch;
  }

  /** The static branch for the kernel counter alone. */
  public AccountingBranch kmemBranch() {
    return kmemBranch;
  }

  /** Hears of groups that go from now on. */
  public void addGroupListener(GroupListener groupListener) {
    groupListeners.add(groupListener);
  }

  /** Opens both branches for as long as this hierarchy lives: {@code --accounting always}. */
  public void accountAlways() {
    lock.lock();
    try {
      accountsAlways = true;
      tcpBranch.enter();
      kmemBranch.enter();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A new group: {@code cgroup_mkdir}.
   *
   * @throws ErrnoException ENOENT if the parent is gone, EEXIST if the name is taken, EINVAL if the
   *     kernel refuses such a name, and the profile's errno when the id space is used up
   */
  public MemCgroup mkdir(MemCgroup parent, String name) throws ErrnoException {
    lock.lock();
    try {
      if (!parent.isAlive()) {
        throw new ErrnoException(
            Errno.ENOENT, "the parent of \"%s\" is gone: make it again".formatted(name));
      }
      TreeRules.requireUsableName(parent, name);
      if (profile.has(KernelFeature.GROUP_ID_SPACE)
          && groups.get() >= profile.groups().maxGroups()) {
        throw new ErrnoException(
            profile.groups().idsExhausted(),
            "all %d ids of memory groups are in use: remove a group first"
                .formatted(profile.groups().maxGroups()));
      }
      GroupStructures.charge(parent);
      MemCgroup group = new MemCgroup(this, parent, ids.incrementAndGet(), name);
      parent.addChild(group);
      groups.incrementAndGet();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a group: {@code cgroup_rmdir}. What user memory it still holds moves to its parent.
   *
   * @throws ErrnoException EBUSY if it has processes or children, or is the root
   */
  public void rmdir(MemCgroup group) throws ErrnoException {
    lock.lock();
    try {
      MemCgroup parent = group.parent();
      if (parent == null) {
        throw new ErrnoException(Errno.EBUSY, "the root stays while mounted: use umount");
      }
      if (!group.isAlive()) {
        throw new ErrnoException(Errno.ENOENT, group.path() + " is gone: nothing to do");
      }
      TreeRules.requireEmpty(group, "removed");
      Injection.moveMemoryToParent(group);
      group.kill(); // its thresholds stay silent from here
      Injection.releaseKmem(group);
      GroupStructures.uncharge(parent);
      parent.removeChild(group);
      releases.removed(group, parent);
      groups.decrementAndGet();
      group.updateBranches();
    } finally {
      lock.unlock();
    }
    for (GroupListener each : groupListeners) {
      each.offline(group);
    }
  }

  /**
   * Gives a group another name below the same parent: {@code cgroup_rename}.
   *
   * @throws ErrnoException EEXIST if the name is taken, EINVAL if the kernel refuses such a name
   */
  public void rename(MemCgroup group, String newName) throws ErrnoException {
    lock.lock();
    try {
      MemCgroup parent = group.parent();
      if (parent == null) {
        throw new ErrnoException(Errno.EBUSY, "the root has no name: rename a group below");
      }
      if (!group.isAlive()) {
        throw new ErrnoException(Errno.ENOENT, group.path() + " is gone: make it again");
      }
      TreeRules.requireUsableName(parent, newName);
      parent.removeChild(group);
      group.rename(newName);
      parent.addChild(group);
    } finally {
      lock.unlock();
    }
  }

  /** Sets a limit, in units. */
  public void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      LimitRules.setLimit(group, kind, units);
    } finally {
      lock.unlock();
    }
  }

  /** Sets the soft limit, in units; allowed everywhere. */
  public void setSoftLimit(MemCgroup group, long units) {
    lock.lock();
    try {
      group.setSoftLimit(units);
    } finally {
      lock.unlock();
    }
  }

  /** Sets failcnt to 0. */
  public void resetFailcnt(MemCgroup group, CounterKind kind) {
    lock.lock();
    try {
      LimitRules.resetFailcnt(group, kind);
    } finally {
      lock.unlock();
    }
  }

  /** Sets max_usage to the usage of now. */
  public void resetWatermark(MemCgroup group, CounterKind kind) {
    lock.lock();
    try {
      LimitRules.resetWatermark(group, kind);
    } finally {
      lock.unlock();
    }
  }

  /** What a limit file shows, an unsigned number of bytes; on the root it is a constant. */
  public long limitBytes(MemCgroup group, CounterKind kind) {
    return kind == CounterKind.TCP && group.isRoot()
        ? profile.groups().rootTcpLimitBytes()
        : profile.era().toBytes(group.counter(kind).max());
  }

  /** What a usage file shows, in units. */
  public long usage(MemCgroup group, CounterKind kind) {
    return UsageView.usage(group, kind);
  }

  /** Sets the injected memory so that the usage file reads that value, in units. */
  public void setUsage(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      switch (kind) {
        case MEMORY -> Injection.setMemory(group, units);
        case KMEM -> Injection.setKmem(group, units);
        case MEMSW, TCP ->
            throw new ErrnoException(Errno.EINVAL, kind.label() + " is only counted: set memory");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes a flag or number. */
  public void set(MemCgroup group, Setting setting, long value) throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      setting.store(group, value);
    } finally {
      lock.unlock();
    }
  }

  /** {@code memory.force_empty}. */
  public void forceEmpty(MemCgroup group) throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      switch (profile.groups().forceEmpty()) {
        case MOVES_TO_PARENT -> empty(group);
        case MOVES_TO_PARENT_NOT_ON_ROOT -> {
          TreeRules.requireNotRoot(group);
          empty(group);
        }
        // what is injected cannot be reclaimed, and the kernel succeeds even so
        case RECLAIMS -> TreeRules.requireNotRoot(group);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves a process or thread into a group.
   *
   * @throws ErrnoException as {@link Membership#attach}, and ENODEV if the group is gone
   */
  public void attach(MemCgroup group, int pid, Membership.Scope scope, Caller caller)
      throws ErrnoException {
    lock.lock();
    try {
      TreeRules.requireAlive(group);
      releases.attach(group, pid, scope, caller);
    } finally {
      lock.unlock();
    }
  }

  /** The smallest limit of a group and all groups that account for it: {@code memory.stat}. */
  public long hierarchicalLimit(MemCgroup group, CounterKind kind) {
    return LimitRules.hierarchicalLimit(group, kind);
  }

  /** A group's own injected user memory, in units. */
  public long ownMemory(MemCgroup group) {
    lock.lock();
    try {
      return group.ownMemory();
    } finally {
      lock.unlock();
    }
  }

  /** Injected user memory of the whole tree, in units. */
  long injectedMemory() {
    return injectedMemory.get();
  }

  /** Injected kernel memory of the whole tree, in units. */
  long injectedKmem() {
    return injectedKmem.get();
  }

  void addInjectedMemory(long units) {
    injectedMemory.addAndGet(units);
    root.usageChanged();
  }

  void addInjectedKmem(long units) {
    injectedKmem.addAndGet(units);
    root.usageChanged();
  }

  /** Whether this thread holds the lock: for assertions. */
  boolean isLocked() {
    return lock.isHeldByCurrentThread();
  }

  ModelListener listener() {
    return listener;
  }

  boolean accountsAlways() {
    return accountsAlways;
  }

  /** Whether every group, the root included, is hierarchical from the beginning. */
  boolean isAlwaysHierarchical() {
    return profile.groups().useHierarchy() == UseHierarchyRule.ALWAYS_ON;
  }

  private void empty(MemCgroup group) throws ErrnoException {
    TreeRules.requireEmpty(group, "emptied");
    Injection.moveMemoryToParent(group);
    group.usageChanged();
  }
}
