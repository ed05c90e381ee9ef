package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A memory group: its place in the tree, its counters and its settings. What may be done to it is
 * in {@link LimitRules}, {@link Injection} and {@link Hierarchy}; this class only holds.
 *
 * <p><b>Concurrency:</b> any thread may read. Tree fields and settings are written under the
 * hierarchy's lock and read volatile; the counters guard themselves.
 */
public final class MemCgroup {
  private final Hierarchy hierarchy;
  private final @Nullable MemCgroup parent;
  private final long id;
  private final PageCounter memory;
  private final PageCounter memsw;
  private final PageCounter kmem;
  private final TcpMemory tcp;
  private final GroupSettings settings;

  private volatile String name;
  private volatile boolean alive = true;
  // null until the first child: most of a hundred thousand groups never have one
  private volatile @Nullable Map<String, MemCgroup> children;
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

  // The rest: read and written under the hierarchy's lock alone, which the accessors assert.
  /** Injected memory of the group's own, in units. */
  private long ownMemory;

  private long ownKmem;

  /** What the structures of child groups take, bytes. */
  private long structureBytes;

  /** Whether this group counts as a user of the two branches. */
  private boolean usesTcpBranch;

  private boolean usesKmemBranch;

  /** A fresh group: {@code mem_cgroup_create}. Preconditions: the hierarchy's lock is held. */
  MemCgroup(Hierarchy hierarchy, @Nullable MemCgroup parent, long id, String name) {
    this.hierarchy = hierarchy;
    this.parent = parent;
    this.id = id;
    this.name = name;
    // A group's counters have parents only below a group with use_hierarchy, fixed for life.
    MemCgroup above = parent != null && parent.useHierarchy ? parent : null;
    CounterEra era = hierarchy.profile().era();
    ModelListener listener = hierarchy.listener();
    boolean all = hierarchy.profile().has(KernelFeature.FAILCNT_OF_EVERY_COUNTER);
    this.memory = new PageCounter(era, above == null ? null : above.memory, listener);
    this.memsw = new PageCounter(era, null, all, listener);
    this.memory.records().shadowedBy(memsw.records());
    this.kmem = new PageCounter(era, above == null ? null : above.kmem, all, listener);
    if (!hierarchy.profile().has(KernelFeature.KMEM_RECORDS)) {
      // there is no kmem.failcnt: a refusal must be seen somewhere
      kmem.records().failuresCountedBy(memory.records());
    }
    TcpMemory tcpAbove = above == null ? null : above.tcpForChildren();
    this.tcp =
        new TcpMemory(
            this,
            new PageCounter(era, tcpAbove == null ? null : tcpAbove.counter(), all, listener),
            tcpAbove);
    this.softLimit = era.unlimited();
    this.useHierarchy = parent == null ? hierarchy.isAlwaysHierarchical() : parent.useHierarchy;
    this.kmemActive = above != null && above.kmemActive; // memcg_propagate_kmem
    this.settings = parent == null ? GroupSettings.ofRoot() : parent.settings.inherited();
    setIndependentKmemLimit(above != null && above.independentKmemLimit);
  }

  /** The tree this group is in. */
  public Hierarchy hierarchy() {
    return hierarchy;
  }

  /** Unique for the life of the hierarchy; never given again. */
  public long id() {
    return id;
  }

  /** The directory's name; empty for the root. */
  public String name() {
    return name;
  }

  /** The group above; null for the root. */
  public @Nullable MemCgroup parent() {
    return parent;
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return parent == null;
  }

  /** Whether the group is still in the tree. */
  public boolean isAlive() {
    return alive;
  }

  /** From the root, with a leading slash: {@code /a/b}; the root itself is {@code /}. */
  public String path() {
    MemCgroup above = parent;
    if (above == null) {
      return "/";
    }
    return above.isRoot() ? "/" + name : above.path() + "/" + name;
  }

  /** The child groups; a live view. */
  public Collection<MemCgroup> children() {
    Map<String, MemCgroup> map = children;
    return map == null ? Collections.emptyList() : map.values();
  }

  /** The child of that name, or null. */
  public @Nullable MemCgroup child(String childName) {
    Map<String, MemCgroup> map = children;
    return map == null ? null : map.get(childName);
  }

  /** Whether there are child groups. */
  public boolean hasChildren() {
    Map<String, MemCgroup> map = children;
    return map != null && !map.isEmpty();
  }

  /** User memory: {@code memory.*}. */
  public PageCounter memory() {
    return memory;
  }

  /** Kernel memory: {@code memory.kmem.*}. */
  public PageCounter kmem() {
    return kmem;
  }

  /** TCP memory: {@code kmem.tcp.*}. */
  public TcpMemory tcp() {
    return tcp;
  }

  /** The counter of that kind. */
  public PageCounter counter(CounterKind kind) {
    return switch (kind) {
      case MEMORY -> memory;
      case MEMSW -> memsw;
      case KMEM -> kmem;
      case TCP -> tcp.counter();
    };
  }

  /** Whether that counter is one of this group's. */
  boolean owns(PageCounter which) {
    return which == memory || which == memsw || which == kmem || which == tcp.counter();
  }

  /** The settings that have no effect on charging. */
  public GroupSettings settings() {
    return settings;
  }

  /** {@code memory.use_hierarchy}. */
  public boolean useHierarchy() {
    return useHierarchy;
  }

  /** {@code memory.independent_kmem_limit}. */
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

  /**
   * Whether a socket made now by a task of this group is bound to it: kernel-facts.md, TCP
   * activation.
   */
  public boolean accountsNewSockets() {
    return !isRoot()
        && switch (hierarchy.profile().groups().tcpActivation()) {
          case WHILE_ANY_LIMITED -> hierarchy.tcpBranch().isOn();
          case WHILE_LIMITED, FROM_FIRST_WRITE -> tcpActive || hierarchy.accountsAlways();
        };
  }

  /** {@code memory.soft_limit_in_bytes}, in units. */
  public long softLimit() {
    return softLimit;
  }

  /** Whether charges of this group go on to its parent. */
  public boolean isHierarchicalChild() {
    return memory.parent() != null;
  }

  /** Whether that group is this one, or reaches this one through its chain of counters. */
  public boolean accountsFor(MemCgroup other) {
    for (MemCgroup at = other; at != null; at = at.isHierarchicalChild() ? at.parent : null) {
      if (at == this) {
        return true;
      }
    }
    return false;
  }

  /** What the last injection lacked, in units, while the memory limit refuses it; 0: nothing. */
  long lacking() {
    return lacking;
  }

  void setLacking(long units) {
    lacking = units;
  }

  /** The registrations, or null if there never was one. */
  @Nullable GroupEvents events() {
    return events;
  }

  /** The registrations. */
  synchronized GroupEvents eventsOrNew() {
    GroupEvents known = events;
    if (known == null) {
      known = new GroupEvents(this);
      events = known;
    }
    return known;
  }

  /** Who is told when what the usage file shows has changed; null: nobody. */
  void watchedBy(@Nullable Thresholds thresholds) {
    memory.watchedBy(thresholds);
    kmem.watchedBy(thresholds);
    if (isRoot()) {
      hierarchy.machine().watchedBy(thresholds);
    }
  }

  /** What the usage file shows has changed otherwise than by a charge to the group's counters. */
  void usageChanged() {
    memory.tellThresholds();
  }

  void rename(String newName) {
    name = newName;
  }

  void kill() {
    alive = false;
    tcp.counter().retire();
  }

  void addChild(MemCgroup child) {
    Map<String, MemCgroup> map = children;
    if (map == null) {
      map = new ConcurrentHashMap<>(2);
      children = map;
    }
    map.put(child.name, child);
  }

  void removeChild(MemCgroup child) {
    Map<String, MemCgroup> map = children;
    if (map != null) {
      map.remove(child.name, child);
    }
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
    KernelProfile profile = hierarchy.profile();
    JointLimit joint =
        value || !profile.has(KernelFeature.KMEM)
            ? null
            : new JointLimit(memory, kmem, !profile.has(KernelFeature.INDEPENDENT_KMEM_LIMIT));
    memory.shareLimit(joint);
    kmem.shareLimit(joint);
    if (joint != null) {
      memory.records().raiseWatermark(joint.total());
    }
  }

  long ownMemory() {
    assert hierarchy.isLocked();
    return ownMemory;
  }

  void setOwnMemory(long units) {
    assert hierarchy.isLocked();
    ownMemory = units;
  }

  long ownKmem() {
    assert hierarchy.isLocked();
    return ownKmem;
  }

  void setOwnKmem(long units) {
    assert hierarchy.isLocked();
    ownKmem = units;
  }

  long structureBytes() {
    assert hierarchy.isLocked();
    return structureBytes;
  }

  void setStructureBytes(long bytes) {
    assert hierarchy.isLocked();
    structureBytes = bytes;
  }

  /**
   * A limit was set, or the group is gone: makes it a user of the branches it needs, and of no
   * other. {@code tcp_update_limit}, {@code memcg_update_tcp_max}.
   */
  void updateBranches() {
    assert hierarchy.isLocked();
    boolean counts = alive && !isRoot();
    boolean limited = counts && tcp.counter().isLimited();
    boolean needsTcp =
        switch (hierarchy.profile().groups().tcpActivation()) {
          case WHILE_ANY_LIMITED -> limited;
          // once activated, the branch is given back with the group
          case WHILE_LIMITED -> counts && (usesTcpBranch || limited);
          case FROM_FIRST_WRITE -> counts && (usesTcpBranch || tcp.wasWritten());
        };
    if (needsTcp != usesTcpBranch) {
      usesTcpBranch = needsTcp;
      hierarchy.tcpBranch().count(needsTcp);
    }
    // after the branch: no socket is marked while the accounting code is still folded away
    tcpActive =
        switch (hierarchy.profile().groups().tcpActivation()) {
          case WHILE_ANY_LIMITED, WHILE_LIMITED -> limited;
          case FROM_FIRST_WRITE -> needsTcp;
        };
    boolean needsKmem = counts && independentKmemLimit && kmem.isLimited();
    if (needsKmem != usesKmemBranch) {
      usesKmemBranch = needsKmem;
      hierarchy.kmemBranch().count(needsKmem);
    }
  }

  private @Nullable TcpMemory tcpForChildren() {
    return switch (hierarchy.profile().groups().rootTcp()) {
      case MACHINE -> isRoot() ? null : tcp; // the root has no counter: tcp_init_cgroup
      case COUNTER -> tcp;
    };
  }

  @Override
  public String toString() {
    return path();
  }
}
