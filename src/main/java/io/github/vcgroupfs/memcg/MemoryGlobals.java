package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.UseHierarchyRule;
import io.github.vcgroupfs.memcg.counter.GuardedListener;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What all memory groups of a hierarchy share. The kernel keeps it in global variables. Any thread
 * may call any method.
 */
public final class MemoryGlobals {
  private final KernelProfile profile;
  private final ModelListener listener;
  private final TcpMachine machine;
  private final AccountingBranch tcpBranch = new AccountingBranch(AccountingBranch.TCP);
  private final AccountingBranch kmemBranch = new AccountingBranch(AccountingBranch.KMEM);
  private final MemoryEvents events = new MemoryEvents();
  private final AtomicLong injectedMemory = new AtomicLong();
  private final AtomicLong injectedKmem = new AtomicLong();
  private final AtomicInteger groups = new AtomicInteger();
  private volatile boolean accountsAlways;

  MemoryGlobals(KernelProfile profile, LongSupplier nanoTime, ModelListener listener) {
    this.profile = profile;
    this.listener = new GuardedListener(listener);
    this.machine = new TcpMachine(profile.tcp().memPages(), nanoTime);
  }

  /** The kernel whose rules apply. */
  public KernelProfile profile() {
    return profile;
  }

  ModelListener listener() {
    return listener;
  }

  /** The TCP memory of the whole machine. */
  public TcpMachine machine() {
    return machine;
  }

  /** Says whether new sockets are charged to the TCP counters of their groups. */
  public AccountingBranch tcpBranch() {
    return tcpBranch;
  }

  /** Says whether new sockets are charged to the kernel-memory counters of their groups alone. */
  public AccountingBranch kmemBranch() {
    return kmemBranch;
  }

  MemoryEvents events() {
    return events;
  }

  /** Memory groups alive, the root included: each has an id of the kernel's id space. */
  int groups() {
    return groups.get();
  }

  void addGroups(int more) {
    groups.addAndGet(more);
  }

  /** Injected user memory of the whole tree, in units. */
  long injectedMemory() {
    return injectedMemory.get();
  }

  void addInjectedMemory(long units) {
    injectedMemory.addAndGet(units);
  }

  /** Injected kernel memory of the whole tree, in units. */
  long injectedKmem() {
    return injectedKmem.get();
  }

  void addInjectedKmem(long units) {
    injectedKmem.addAndGet(units);
  }

  /** Whether sockets are accounted although no group has a limit. */
  boolean accountsAlways() {
    return accountsAlways;
  }

  /** Opens both branches for as long as the hierarchy lives. Preconditions: its lock is held. */
  void accountAlways() {
    accountsAlways = true;
    tcpBranch.enter();
    kmemBranch.enter();
  }

  /** Whether every group, the root included, is hierarchical from the beginning. */
  boolean isAlwaysHierarchical() {
    return profile.memory().useHierarchy() == UseHierarchyRule.ALWAYS_ON;
  }
}
