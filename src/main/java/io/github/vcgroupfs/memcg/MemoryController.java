package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.TreeLock;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import java.util.function.LongSupplier;

/**
 * The memory controller of one hierarchy, and every change that one of its control files makes. The
 * rules are applied by {@link LimitRules}, {@link SettingRules} and {@link Injection}, under the
 * hierarchy's lock, which this class takes.
 *
 * <p><b>Concurrency:</b> thread-safe. What changes something takes the lock; readers do not.
 */
public final class MemoryController implements Controller {
  /** The kernel's name of it. */
  public static final String NAME = "memory";

  private final MemoryGlobals globals;

  /**
   * A controller for one hierarchy.
   *
   * @param profile whose rules apply
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param listener hears of broken invariants
   */
  public MemoryController(KernelProfile profile, LongSupplier nanoTime, ModelListener listener) {
    this.globals = new MemoryGlobals(profile, nanoTime, listener);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    globals.addGroups(1);
    return new MemCgroup(globals, root);
  }

  /**
   * A new group's memory: {@code mem_cgroup_css_alloc}.
   *
   * @throws ErrnoException the profile's errno when the id space is used up, ENOMEM if the parent
   *     has no room for what the group's own structures take
   */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) throws ErrnoException {
    requireId();
    GroupStructures.charge(MemCgroup.of(parent));
    globals.addGroups(1);
    return new MemCgroup(globals, group);
  }

  /** What user memory a group still holds moves to its parent. */
  @Override
  public void preDestroy(Cgroup group) throws ErrnoException {
    Injection.moveMemoryToParent(MemCgroup.of(group));
  }

  @Override
  public void offline(Cgroup group) {
    MemCgroup memory = MemCgroup.of(group);
    memory.tcp().counter().retire();
    Injection.releaseKmem(memory);
    MemCgroup parent = memory.parent();
    if (parent != null) {
      GroupStructures.uncharge(parent);
    }
    globals.addGroups(-1);
    memory.updateBranches();
  }

  private void requireId() throws ErrnoException {
    KernelProfile profile = globals.profile();
    if (profile.has(KernelFeature.GROUP_ID_SPACE)
        && globals.groups() >= profile.memory().maxGroups()) {
      throw new ErrnoException(
          profile.memory().idsExhausted(),
          "all %d ids of memory groups are in use: remove a group first"
              .formatted(profile.memory().maxGroups()));
    }
  }

  /** What all its groups share. */
  public MemoryGlobals globals() {
    return globals;
  }

  /** Whose rules apply. */
  public KernelProfile profile() {
    return globals.profile();
  }

  /** The machine-wide TCP memory. */
  public TcpMachine machine() {
    return globals.machine();
  }

  /** The static branch for TCP accounting. */
  public AccountingBranch tcpBranch() {
    return globals.tcpBranch();
  }

  /** The static branch for the kernel counter alone. */
  public AccountingBranch kmemBranch() {
    return globals.kmemBranch();
  }

  /**
   * Opens both branches for as long as the hierarchy lives: {@code --accounting always}.
   *
   * @param lock the hierarchy's
   */
  public void accountAlways(TreeLock lock) {
    lock.runQuietly(globals::accountAlways);
  }

  /** Sets a limit, in units. */
  public void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(group, () -> LimitRules.setLimit(group, kind, units));
  }

  /** Sets the soft limit, in units; allowed everywhere. */
  public void setSoftLimit(MemCgroup group, long units) {
    group.lock().runQuietly(() -> group.setSoftLimit(units));
  }

  /** Sets failcnt to 0. */
  public void resetFailcnt(MemCgroup group, CounterKind kind) {
    group.lock().runQuietly(() -> LimitRules.resetFailcnt(group, kind));
  }

  /** Sets max_usage to the usage of now. */
  public void resetWatermark(MemCgroup group, CounterKind kind) {
    group.lock().runQuietly(() -> LimitRules.resetWatermark(group, kind));
  }

  /** Sets the injected memory so that the usage file reads that value, in units. */
  public void setUsage(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(
        group,
        () -> {
          switch (kind) {
            case MEMORY -> Injection.setMemory(group, units);
            case KMEM -> Injection.setKmem(group, units);
            case MEMSW, TCP ->
                throw new ErrnoException(
                    Errno.EINVAL, kind.label() + " is only counted: set memory");
          }
        });
  }

  /** Writes a flag or number. */
  public void set(MemCgroup group, Setting setting, long value) throws ErrnoException {
    change(group, () -> setting.store(group, value));
  }

  /** {@code memory.force_empty}. */
  public void forceEmpty(MemCgroup group) throws ErrnoException {
    change(group, () -> Injection.forceEmpty(group));
  }

  private static void change(MemCgroup group, TreeLock.Change change) throws ErrnoException {
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group.cgroup());
              change.run();
            });
  }
}
