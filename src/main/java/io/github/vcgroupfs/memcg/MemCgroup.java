package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.TreeLock;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.JointLimit;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.TcpGroup;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the memory controller keeps of one group, memcg for short: the kernel's {@code struct
 * mem_cgroup}. It holds four counters (user memory, memory and swap, kernel memory, TCP memory) and
 * the settings of {@code memory.*}. Counts are in the unit of the {@link CounterEra}: bytes or
 * pages.
 *
 * <p>The rules for writes are in {@link LimitRules}, {@link SettingRules} and {@link Injection}.
 * One rule is here because it needs private fields: {@link #updateBranches}.
 *
 * <p><b>Concurrency:</b> any thread may read. Settings are volatile and written under the
 * hierarchy's lock. The counters need no lock.
 */
public final class MemCgroup implements ControllerState, TcpGroup {
  private final MemoryGlobals globals;
  private final Cgroup cgroup;
  private final @Nullable MemCgroup parent;
  private final PageCounter memory;
  private final PageCounter memsw;
  private final PageCounter kmem;
  private final TcpMemory tcp;
  private final GroupSettings settings;

  private volatile boolean useHierarchy;
  private volatile boolean independentKmemLimit;

  /** Whether kernel accounting was activated; means something in the kernels that activate it. */
  private volatile boolean kmemActive;

  /** Whether new sockets are bound to this group, where that is the group's own affair. */
  private volatile boolean tcpActive;

  private volatile long softLimit;
  // null until the first registration
  private volatile @Nullable GroupEvents events;
  private volatile long lacking;

  // The rest is written under the hierarchy's lock alone, which the setters assert.
  /** Injected memory of the group's own, in units. */
  private volatile long ownMemory;

  private volatile long ownKmem;

  /** What the structures of child groups take, bytes. */
  private long structureBytes;

  /** Whether this group counts as a user of the two branches. */
  private boolean usesTcpBranch;

  private boolean usesKmemBranch;

  /** A fresh group: {@code mem_cgroup_css_alloc}. Preconditions: the hierarchy's lock is held. */
  MemCgroup(MemoryGlobals globals, Cgroup cgroup) {
    this.globals = globals;
    this.cgroup = cgroup;
    Cgroup over = cgroup.parent();
    this.parent = over == null ? null : of(over);
    // A group's counters have parents only below a group with use_hierarchy, fixed for life.
    MemCgroup above = parent != null && parent.useHierarchy ? parent : null;
    CounterEra era = globals.profile().era();
    ModelListener listener = globals.listener();
    boolean all = globals.profile().has(KernelFeature.FAILCNT_OF_EVERY_COUNTER);
    this.memory = new PageCounter(era, above == null ? null : above.memory, listener);
    this.memsw = new PageCounter(era, null, all, listener);
    this.memory.records().shadowedBy(memsw.records());
    this.kmem = new PageCounter(era, above == null ? null : above.kmem, all, listener);
    if (!globals.profile().has(KernelFeature.KMEM_RECORDS)) {
      // there is no kmem.failcnt: a refusal must be seen somewhere
      kmem.records().failuresCountedBy(memory.records());
    }
    TcpMemory tcpAbove = above == null ? null : above.tcpForChildren();
    this.tcp =
        new TcpMemory(
            this,
            new PageCounter(era, tcpAbove == null ? null : tcpAbove.counter(), all, listener),
            tcpAbove,
            globals.machine(),
            globals.profile().has(KernelFeature.SOCKETS_ARE_KERNEL_MEMORY));
    this.softLimit = era.unlimited();
    this.useHierarchy = parent == null ? globals.isAlwaysHierarchical() : parent.useHierarchy;
    this.kmemActive = above != null && above.kmemActive; // memcg_propagate_kmem
    this.settings = parent == null ? GroupSettings.ofRoot() : parent.settings.inherited();
    setIndependentKmemLimit(above != null && above.independentKmemLimit);
  }

  /** The memory part of a group. Preconditions: the hierarchy has the memory controller. */
  public static MemCgroup of(Cgroup group) {
    return group.state(MemCgroup.class);
  }

  /** The group that this is a part of. It has the name, the members and the place in the tree. */
  public Cgroup cgroup() {
    return cgroup;
  }

  /** The kernel whose rules apply. */
  public KernelProfile profile() {
    return globals.profile();
  }

  /** What all memory groups of the hierarchy share. */
  public MemoryGlobals globals() {
    return globals;
  }

  /** The hierarchy's lock. */
  TreeLock lock() {
    return cgroup.lock();
  }

  /** The memory group above; null for the root. */
  public @Nullable MemCgroup parent() {
    return parent;
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return parent == null;
  }

  /** Whether the group is still in the tree, that is, not removed. */
  public boolean isAlive() {
    return cgroup.isAlive();
  }

  /**
   * The path from the root, with a leading slash: {@code /a/b}. The path of the root is {@code /}.
   */
  public String path() {
    return cgroup.path();
  }

  /** The memory of the groups that are children at this moment. */
  public List<MemCgroup> children() {
    return cgroup.children().stream().map(MemCgroup::of).toList();
  }

  /** Whether the group has child groups. */
  public boolean hasChildren() {
    return cgroup.hasChildren();
  }

  /** The counter of user memory: {@code memory.*}. */
  public PageCounter memory() {
    return memory;
  }

  /** The counter of kernel memory: {@code memory.kmem.*}. */
  @Override
  public PageCounter kmem() {
    return kmem;
  }

  /** The TCP memory of the group: {@code memory.kmem.tcp.*}. */
  public TcpMemory tcp() {
    return tcp;
  }

  /** The counter of this kind. */
  public PageCounter counter(CounterKind kind) {
    return switch (kind) {
      case MEMORY -> memory;
      case MEMSW -> memsw;
      case KMEM -> kmem;
      case TCP -> tcp.counter();
    };
  }

  @Override
  public boolean owns(PageCounter which) {
    return which == memory || which == memsw || which == kmem || which == tcp.counter();
  }

  /** The settings that have no effect on charging. */
  public GroupSettings settings() {
    return settings;
  }

  /** {@code memory.use_hierarchy}: whether groups below are charged to this one as well. */
  public boolean useHierarchy() {
    return useHierarchy;
  }

  /** {@code memory.independent_kmem_limit}: whether kernel memory has a limit of its own. */
  public boolean independentKmemLimit() {
    return independentKmemLimit;
  }

  /** Whether kernel memory accounting is active: {@code memcg_kmem_is_active}. */
  public boolean isKmemActive() {
    return kmemActive;
  }

  void activateKmem() {
    kmemActive = true;
  }

  /** Whether a new socket here is charged to the group: kernel-facts.md, TCP activation. */
  public boolean accountsNewSockets() {
    return !isRoot()
        && switch (globals.profile().memory().tcpActivation()) {
          case WHILE_ANY_LIMITED -> globals.tcpBranch().isOn();
          case WHILE_LIMITED, FROM_FIRST_WRITE -> tcpActive || globals.accountsAlways();
        };
  }

  /** {@code memory.soft_limit_in_bytes}, in units. */
  public long softLimit() {
    return softLimit;
  }

  /** Whether charges to this group count in its parent, too. */
  public boolean isHierarchicalChild() {
    return memory.parent() != null;
  }

  /** The group above, if charges of this group go on to it; else null. */
  @Nullable MemCgroup accountedBy() {
    return isHierarchicalChild() ? parent : null;
  }

  /** Whether charges to the other group count in this one. True for the group itself. */
  public boolean accountsFor(MemCgroup other) {
    for (MemCgroup at = other; at != null; at = at.accountedBy()) {
      if (at == this) {
        return true;
      }
    }
    return false;
  }

  /** What an injection lacked, in units, while the memory limit refuses it; 0: nothing. */
  void setLacking(long units) {
    lacking = units;
  }

  /** Whether the OOM killer is on here. */
  boolean killsWhenOutOfMemory() {
    return !settings.oomKillDisabled();
  }

  /**
   * Whether a process here would wait for memory: {@code memcg->under_oom}. Unlike Linux, nobody
   * really waits: this holds from the moment the limit refuses an injection, with the OOM killer
   * off, until that much would fit, and for all groups below whose charges count here.
   */
  public boolean isUnderOom() {
    for (MemCgroup at = this; at != null; at = at.accountedBy()) {
      long more = at.lacking;
      if (more != 0
          && at.settings.oomKillDisabled()
          && PageCounter.above(at.memory.held() + more, at.memory.max())) {
        return true;
      }
    }
    return false;
  }

  /** The registrations, or null if there never was one. */
  @Nullable GroupEvents events() {
    return events;
  }

  /** The registrations. */
  synchronized GroupEvents eventsOrNew() {
    GroupEvents known = events;
    if (known == null) {
      known = new GroupEvents(new Thresholds(() -> UsageView.charged(this), this::isAlive));
      events = known;
    }
    return known;
  }

  @Override
  public boolean hearsPressure() {
    return globals.events().hearsPressure();
  }

  @Override
  public void pressureBegan() {
    globals.events().pressure(this, PressureLevel.LOW);
  }

  @Override
  public void pressureLasts() {
    globals.events().pressure(this, PressureLevel.MEDIUM);
  }

  /** What the usage file shows has changed otherwise than by a charge to the group's counters. */
  void usageChanged() {
    memory.tellUsageChanged();
  }

  void setUseHierarchy(boolean value) {
    useHierarchy = value;
  }

  void setSoftLimit(long units) {
    softLimit = units;
  }

  /** Joins or parts the limits of user and kernel memory; the next charge sees it. */
  void setIndependentKmemLimit(boolean value) {
    independentKmemLimit = value;
    if (value || !profile().has(KernelFeature.KMEM)) {
      JointLimit.part(memory, kmem);
      return;
    }
    JointLimit.join(memory, kmem, !profile().has(KernelFeature.INDEPENDENT_KMEM_LIMIT));
  }

  /** The user memory that was injected into the group itself, in units. */
  public long ownMemory() {
    return ownMemory;
  }

  void setOwnMemory(long units) {
    assert lock().isHeld();
    ownMemory = units;
  }

  /** The group's own injected kernel memory, in units. */
  long ownKmem() {
    return ownKmem;
  }

  void setOwnKmem(long units) {
    assert lock().isHeld();
    ownKmem = units;
  }

  long structureBytes() {
    assert lock().isHeld();
    return structureBytes;
  }

  void setStructureBytes(long bytes) {
    assert lock().isHeld();
    structureBytes = bytes;
  }

  /**
   * A limit was set, or the group is gone: makes it a user of the branches it needs, and of no
   * other. {@code tcp_update_limit}, {@code memcg_update_tcp_max}.
   */
  void updateBranches() {
    assert lock().isHeld();
    boolean counts = isAlive() && !isRoot();
    boolean limited = counts && tcp.counter().isLimited();
    boolean needsTcp =
        switch (globals.profile().memory().tcpActivation()) {
          case WHILE_ANY_LIMITED -> limited;
          // once activated, the branch is given back with the group
          case WHILE_LIMITED -> counts && (usesTcpBranch || limited);
          case FROM_FIRST_WRITE -> counts && (usesTcpBranch || tcp.wasWritten());
        };
    if (needsTcp != usesTcpBranch) {
      usesTcpBranch = needsTcp;
      globals.tcpBranch().count(needsTcp);
    }
    // after the branch: no socket is marked while the accounting code is still folded away
    tcpActive =
        switch (globals.profile().memory().tcpActivation()) {
          case WHILE_ANY_LIMITED, WHILE_LIMITED -> limited;
          case FROM_FIRST_WRITE -> needsTcp;
        };
    boolean needsKmem = counts && independentKmemLimit && kmem.isLimited();
    if (needsKmem != usesKmemBranch) {
      usesKmemBranch = needsKmem;
      globals.kmemBranch().count(needsKmem);
    }
  }

  private @Nullable TcpMemory tcpForChildren() {
    return switch (globals.profile().memory().rootTcp()) {
      case MACHINE -> isRoot() ? null : tcp; // the root has no counter: tcp_init_cgroup
      case COUNTER -> tcp;
    };
  }

  @Override
  public String toString() {
    return path();
  }
}
