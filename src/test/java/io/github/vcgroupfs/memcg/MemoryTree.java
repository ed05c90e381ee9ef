package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Events;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroup.Releases;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A hierarchy that has only the memory controller, for tests: the tree and the controller as one.
 */
public final class MemoryTree {
  private final CgroupTree tree;
  private final MemoryController memory;

  /** A hierarchy that has only its root, and sends no events. */
  public MemoryTree(
      KernelProfile profile, Membership membership, LongSupplier nanoTime, ModelListener listener) {
    this(profile, membership, Notifier.NONE, nanoTime, listener);
  }

  /** A hierarchy that has only its root. */
  public MemoryTree(
      KernelProfile profile,
      Membership membership,
      Notifier notifier,
      LongSupplier nanoTime,
      ModelListener listener) {
    this.memory = new MemoryController(profile, nanoTime, listener);
    this.tree = new CgroupTree(profile, List.of(memory), membership, notifier);
  }

  /** The tree of groups. */
  public CgroupTree tree() {
    return tree;
  }

  /** The memory controller. */
  public MemoryController memory() {
    return memory;
  }

  /** The kernel whose rules apply. */
  public KernelProfile profile() {
    return tree.profile();
  }

  /** The memory of the group at the top. */
  public MemCgroup root() {
    return MemCgroup.of(tree.root());
  }

  /** Says which processes are in which group. */
  public Membership membership() {
    return tree.membership();
  }

  /** The registrations for events. */
  public Events events() {
    return tree.events();
  }

  /** Finds groups that have become empty, for the release agent. */
  public Releases releases() {
    return tree.releases();
  }

  /** The TCP memory of the whole machine. */
  public TcpMachine machine() {
    return memory.machine();
  }

  /** Says whether new sockets are charged to the TCP counters of their groups. */
  public AccountingBranch tcpBranch() {
    return memory.tcpBranch();
  }

  /** Says whether new sockets are charged to the kernel-memory counters of their groups alone. */
  public AccountingBranch kmemBranch() {
    return memory.kmemBranch();
  }

  /** Adds a listener. It is called for every group that is removed from now on. */
  public void addGroupListener(Consumer<MemCgroup> listener) {
    tree.addGroupListener(group -> listener.accept(MemCgroup.of(group)));
  }

  /** Turns both accounting branches on for as long as the hierarchy lives. */
  public void accountAlways() {
    memory.accountAlways(tree.root().lock());
  }

  /** Makes a new group: see {@link CgroupTree#mkdir}. */
  public MemCgroup mkdir(MemCgroup parent, String name) throws ErrnoException {
    return MemCgroup.of(tree.mkdir(parent.cgroup(), name));
  }

  /** Removes a group: see {@link CgroupTree#rmdir}. */
  public void rmdir(MemCgroup group) throws ErrnoException {
    tree.rmdir(group.cgroup());
  }

  /** Gives a group another name: see {@link CgroupTree#rename}. */
  public void rename(MemCgroup group, String newName) throws ErrnoException {
    tree.rename(group.cgroup(), newName);
  }

  /** Sets a limit, in units: see {@link MemoryController#setLimit}. */
  public void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    memory.setLimit(group, kind, units);
  }

  /** Sets the soft limit, in units. */
  public void setSoftLimit(MemCgroup group, long units) {
    memory.setSoftLimit(group, units);
  }

  /** Sets the failcnt of a counter to 0. */
  public void resetFailcnt(MemCgroup group, CounterKind kind) {
    memory.resetFailcnt(group, kind);
  }

  /** Sets the watermark of a counter to what is used now. */
  public void resetWatermark(MemCgroup group, CounterKind kind) {
    memory.resetWatermark(group, kind);
  }

  /** The number in a limit file: unsigned, in bytes. */
  public long limitBytes(MemCgroup group, CounterKind kind) {
    return UsageView.limitBytes(group, kind);
  }

  /** The number in a usage file, in units. */
  public long usage(MemCgroup group, CounterKind kind) {
    return UsageView.usage(group, kind);
  }

  /** Sets the injected memory: see {@link MemoryController#setUsage}. */
  public void setUsage(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    memory.setUsage(group, kind, units);
  }

  /** Writes a flag or number of a group. */
  public void set(MemCgroup group, Setting setting, long value) throws ErrnoException {
    memory.set(group, setting, value);
  }

  /** What a write to {@code memory.force_empty} does. */
  public void forceEmpty(MemCgroup group) throws ErrnoException {
    memory.forceEmpty(group);
  }

  /** Moves a process or thread into a group: see {@link CgroupTree#attach}. */
  public void attach(MemCgroup group, int pid, Membership.Scope scope, Caller caller)
      throws ErrnoException {
    tree.attach(group.cgroup(), pid, scope, caller);
  }

  /** The smallest limit that a charge to the group meets, in units. */
  public long hierarchicalLimit(MemCgroup group, CounterKind kind) {
    return UsageView.hierarchicalLimit(group, kind);
  }

  /** The user memory that was injected into the group itself, in units. */
  public long ownMemory(MemCgroup group) {
    return group.ownMemory();
  }

  /** Injected user memory of the whole tree, in units. */
  long injectedMemory() {
    return root().globals().injectedMemory();
  }

  /** Injected kernel memory of the whole tree, in units. */
  long injectedKmem() {
    return root().globals().injectedKmem();
  }
}
