package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/** The groups that made-up processes are in, in one hierarchy. Thread-safe. */
final class FakeMembership implements Membership {
  private final Processes processes;
  private final int hierarchy;

  /**
   * The membership of one hierarchy.
   *
   * @param hierarchy its number, by which the processes know it
   */
  FakeMembership(Processes processes, int hierarchy) {
    this.processes = processes;
    this.hierarchy = hierarchy;
  }

  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException {
    int tid = processes.requireMovable(pid, caller);
    consent.ask(tid);
    processes.move(hierarchy, tid, scope, group);
  }

  @Override
  public int[] list(Cgroup group, Scope scope) {
    return processes.list(hierarchy, group, scope);
  }

  @Override
  public @Nullable Cgroup groupOf(Cgroup root, int tid) {
    return processes.groupOf(hierarchy, tid);
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    return processes.isPopulated(hierarchy, group);
  }

  @Override
  public String describe(int tid) {
    return processes.describe(tid);
  }
}
