package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.BitSet;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The cpuacct controller of one hierarchy: {@code cpuacct_cgrp_subsys}. Thread-safe. */
public final class CpuacctController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "cpuacct";

  private final Machine machine;
  private final boolean fromCpustat;
  private final Accounts accounts;

  /**
   * A controller.
   *
   * @param profile the kernel whose rules apply
   * @param machine whose processors are shown, and whose tasks are looked at
   */
  public CpuacctController(KernelProfile profile, Machine machine) {
    this.machine = machine;
    this.fromCpustat = profile.has(KernelFeature.CPUACCT_RESETS_STAT);
    this.accounts = new Accounts(machine.tasks());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new RootUsage(machine, fromCpustat);
  }

  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new CpuacctGroup(machine.possibleCpus().length(), fromCpustat);
  }

  /** Brings all sums up to date, since the task leaves a group. */
  @Override
  public void canAttach(Cgroup group, int id, Membership.Scope scope) {
    accounts.leaving(group, id, scope);
  }

  @Override
  public void cancelAttach(Cgroup group) {
    accounts.stayed(group);
  }

  @Override
  public void attached(Cgroup group) {
    accounts.arrived(group);
  }

  /** Takes a last look at processes that have ended and whose parents did not wait for them yet. */
  @Override
  public void preDestroy(Cgroup group) {
    accounts.look(group);
  }

  @Override
  public void offline(Cgroup group) {
    accounts.removed(group);
  }

  /** The processors that files show: {@code for_each_possible_cpu}. */
  BitSet cpus() {
    return machine.possibleCpus();
  }

  /** A sum of a group over all processors, brought up to date. */
  long total(Cgroup group, ToLongFunction<Usage.OfCpu> part) {
    return LongStream.of(perCpu(group, part)).sum();
  }

  /** The numbers of a group, one for each processor, brought up to date. */
  long[] perCpu(Cgroup group, ToLongFunction<Usage.OfCpu> part) {
    return accounts.upToDate(
        group,
        () -> {
          Usage usage = group.state(Usage.class);
          return Stream.of(usage.of(cpus().stream().toArray())).mapToLong(part).toArray();
        });
  }

  /** {@code cpuusage_write}: the sums of a group begin at 0 again; those above it keep theirs. */
  void reset(Cgroup group) {
    accounts.upToDate(
        group,
        () -> {
          group.state(Usage.class).reset();
          return group;
        });
  }

  /** Looks at the tasks of all groups: the kernel does so at each tick of its clock. */
  public void tick() {
    accounts.lookAtAll();
  }

  /** Waits, with no time limit, until a group below the root may have tasks. */
  public void awaitTasks() throws InterruptedException {
    accounts.awaitTasks();
  }
}
