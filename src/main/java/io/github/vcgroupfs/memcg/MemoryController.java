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
 * The memory controller of one hierarchy. Every change that a write to one of its control files
 * makes is a method here. The rules are in {@link LimitRules}, {@link SettingRules} and {@link
 * Injection}. This class takes the hierarchy's lock before it applies them.
 *
 * <p>Limits and usages are in <i>units</i>: bytes up to 3.18, pages from 3.19 on ({@link
 * io.github.vcgroupfs.kernel.CounterEra}).
 *
 * <p><b>Concurrency:</b> thread-safe. Methods that change something take the lock. Methods that
 * only read do not.
 */
public final class MemoryController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "memory";

  private final MemoryGlobals globals;

  /**
   * A controller for one hierarchy.
   *
   * @param profile the kernel whose rules apply
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param listener is called when the model finds an error in its own sums
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
   * Makes the memory part of a new group: {@code mem_cgroup_css_alloc}.
   *
   * @throws ErrnoException the profile's errno if all ids are in use, ENOMEM if the parent has no
   *     room for the memory that a group itself takes
   */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) throws ErrnoException {
    requireId();
    GroupStructures.charge(MemCgroup.of(parent));
    globals.addGroups(1);
    return new MemCgroup(globals, group);
  }

  /** Moves the user memory that the group still holds to its parent. */
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

  /** What all memory groups of the hierarchy share. */
  public MemoryGlobals globals() {
    return globals;
  }

  /** The kernel whose rules apply. */
  public KernelProfile profile() {
    return globals.profile();
  }

  /** The TCP memory of the whole machine. */
  public TcpMachine machine() {
    return globals.machine();
  }

  /** Says whether new sockets are charged to the TCP counters of their groups. */
  public AccountingBranch tcpBranch() {
    return globals.tcpBranch();
  }

  /** Says whether new sockets are charged to the kernel-memory counters of their groups alone. */
  public AccountingBranch kmemBranch() {
    return globals.kmemBranch();
  }

  /**
   * Turns both accounting branches on for as long as the hierarchy lives: {@code --accounting
   * always}.
   *
   * @param lock the lock of the hierarchy
   */
  public void accountAlways(TreeLock lock) {
    lock.runQuietly(globals::accountAlways);
  }

  /**
   * Sets a limit.
   *
   * @param units the new limit
   * @throws ErrnoException ENODEV if the group was removed, or the error of the rule that refuses
   */
  public void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(group, () -> LimitRules.setLimit(group, kind, units));
  }

  /** Sets the soft limit, in units. Every group allows this. */
  public void setSoftLimit(MemCgroup group, long units) {
    group.lock().runQuietly(() -> group.setSoftLimit(units));
  }

  /** Sets the failcnt of a counter to 0. */
  public void resetFailcnt(MemCgroup group, CounterKind kind) {
    group.lock().runQuietly(() -> LimitRules.resetFailcnt(group, kind));
  }

  /** Sets the watermark of a counter ({@code max_usage_in_bytes}) to what is used now. */
  public void resetWatermark(MemCgroup group, CounterKind kind) {
    group.lock().runQuietly(() -> LimitRules.resetWatermark(group, kind));
  }

  /**
   * Sets the injected memory, so that the usage file then shows this number.
   *
   * @param kind {@code MEMORY} or {@code KMEM}
   * @param units what the usage file shall show
   * @throws ErrnoException EINVAL for another kind, ENODEV if the group was removed, or the error
   *     of the rule that refuses
   */
  public void setUsage(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(
        group,
        () -> {
          switch (kind) {
            case MEMORY -> Injection.setMemory(group, units);
            case KMEM -> Injection.setKmem(group, units);
            case MEMSW, TCP -> throw onlyCounted(kind);
          }
        });
  }

  /**
   * Charges memory as if a process of the group used it from now on.
   *
   * @param kind {@code MEMORY} or {@code KMEM}
   * @param units how much more, 0 or more
   * @throws ErrnoException ENOMEM if a limit refuses it, EINVAL for the root or another kind,
   *     ENODEV if the group was removed
   */
  public void charge(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(
        group,
        () -> {
          switch (kind) {
            case MEMORY -> Injection.chargeMemory(group, units);
            case KMEM -> Injection.chargeKmem(group, units);
            case MEMSW, TCP -> throw onlyCounted(kind);
          }
        });
  }

  /**
   * Takes back what {@link #charge} has charged, or as much of it as the group still has.
   *
   * @param kind {@code MEMORY} or {@code KMEM}
   * @throws ErrnoException EINVAL for another kind, ENODEV if the group was removed
   */
  public void uncharge(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    change(
        group,
        () -> {
          switch (kind) {
            case MEMORY -> Injection.unchargeMemory(group, units);
            case KMEM -> Injection.unchargeKmem(group, units);
            case MEMSW, TCP -> throw onlyCounted(kind);
          }
        });
  }

  private static ErrnoException onlyCounted(CounterKind kind) {
    return new ErrnoException(Errno.EINVAL, kind.label() + " is only counted: set memory");
  }

  /**
   * Writes a flag or number of a group.
   *
   * @throws ErrnoException ENODEV if the group was removed, or the error of the rule that refuses
   */
  public void set(MemCgroup group, Setting setting, long value) throws ErrnoException {
    change(group, () -> setting.store(group, value));
  }

  /**
   * What a write to {@code memory.force_empty} does.
   *
   * @throws ErrnoException ENODEV if the group was removed, or the error of the rule that refuses
   */
  public void forceEmpty(MemCgroup group) throws ErrnoException {
    Injection.requireNobody(group);
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
