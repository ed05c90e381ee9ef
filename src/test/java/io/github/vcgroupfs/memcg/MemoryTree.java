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

/** A hierarchy with the memory controller alone, for tests: the tree and the controller as one. */
public final class MemoryTree {
  private final CgroupTree tree;
  private final MemoryController memory;

  /** A hierarchy that tells nobody of events. */
  public MemoryTree(
      KernelProfile profile, Membership membership, LongSupplier nanoTime, ModelListener listener) {
    this(profile, membership, Notifier.NONE, nanoTime, listener);
  }

  /** A hierarchy with its root and nothing else. */
  public MemoryTree(
      KernelProfile profile,
      Membership membership,
      Notifier notifier,
      LongSupplier nanoTime,
      ModelListener listener) {
    this.memory = new MemoryController(profile, nanoTime, listener);
    this.tree = new CgroupTree(profile, List.of(memory), membership, notifier);
  }

  /** The tree. */
  public CgroupTree tree() {
    return tree;
  }

  /** The controller. */
  public MemoryController memory() {
    return memory;
  }

  /** Whose rules apply. */
  public KernelProfile profile() {
    return tree.profile();
  }

  /** The top group. */
  public MemCgroup root() {
    return MemCgroup.of(tree.root());
  }

  /** Who is in which group. */
  public Membership membership() {
    return tree.membership();
  }

  /** Who asked to be told what. */
  public Events events() {
    return tree.events();
  }

  /** Who is told that a group is empty. */
  public Releases releases() {
    return tree.releases();
  }

  /** The machine-wide TCP memory. */
  public TcpMachine machine() {
    return memory.machine();
  }

  /** The static branch for TCP accounting. */
  public AccountingBranch tcpBranch() {
    return memory.tcpBranch();
  }

  /** The static branch for the kernel counter alone. */
  public AccountingBranch kmemBranch() {
    return memory.kmemBranch();
  }

  /** Hears of groups that go from now on. */
  public void addGroupListener(Consumer<MemCgroup> listener) {
    tree.addGroupListener(group -> listener.accept(MemCgroup.of(group)));
  }

  /** Opens both branches. */
  public void accountAlways() {
    memory.accountAlways(tree.root().lock());
  }

  /** A new group. */
  public MemCgroup mkdir(MemCgroup parent, String name) throws ErrnoException {
    return MemCgroup.of(tree.mkdir(parent.cgroup(), name));
  }

  /** Removes a group. */
  public void rmdir(MemCgroup group) throws ErrnoException {
    tree.rmdir(group.cgroup());
  }

  /** Gives a group another name. */
  public void rename(MemCgroup group, String newName) throws ErrnoException {
    tree.rename(group.cgroup(), newName);
  }

  /** Sets a limit, in units. */
  public void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    memory.setLimit(group, kind, units);
  }

  /** Sets the soft limit, in units. */
  public void setSoftLimit(MemCgroup group, long units) {
    memory.setSoftLimit(group, units);
  }

  /** Sets failcnt to 0. */
  public void resetFailcnt(MemCgroup group, CounterKind kind) {
    memory.resetFailcnt(group, kind);
  }

  /** Sets max_usage to the usage of now. */
  public void resetWatermark(MemCgroup group, CounterKind kind) {
    memory.resetWatermark(group, kind);
  }

  /** What a limit file shows. */
  public long limitBytes(MemCgroup group, CounterKind kind) {
    return UsageView.limitBytes(group, kind);
  }

  /** What a usage file shows, in units. */
  public long usage(MemCgroup group, CounterKind kind) {
    return UsageView.usage(group, kind);
  }

  /** Sets the injected memory. */
  public void setUsage(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    memory.setUsage(group, kind, units);
  }

  /** Writes a flag or number. */
  public void set(MemCgroup group, Setting setting, long value) throws ErrnoException {
    memory.set(group, setting, value);
  }

  /** {@code memory.force_empty}. */
  public void forceEmpty(MemCgroup group) throws ErrnoException {
    memory.forceEmpty(group);
  }

  /** Moves a process or thread into a group. */
  public void attach(MemCgroup group, int pid, Membership.Scope scope, Caller caller)
      throws ErrnoException {
    tree.attach(group.cgroup(), pid, scope, caller);
  }

  /** The smallest limit that applies. */
  public long hierarchicalLimit(MemCgroup group, CounterKind kind) {
    return UsageView.hierarchicalLimit(group, kind);
  }

  /** A group's own injected user memory, in units. */
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
