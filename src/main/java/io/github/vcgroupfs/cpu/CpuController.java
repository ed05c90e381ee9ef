package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.function.LongSupplier;

/** The cpu controller of one hierarchy: {@code cpu_cgrp_subsys}. Thread-safe. */
public final class CpuController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "cpu";

  private final KernelProfile profile;
  private final Tasks tasks;
  private final ChildGroups children;

  /**
   * A controller.
   *
   * @param profile the kernel whose rules apply
   * @param tasks whose scheduling policies are asked for
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public CpuController(KernelProfile profile, Tasks tasks, LongSupplier nanoTime) {
    this.children = new ChildGroups(profile, nanoTime);
    this.profile = profile;
    this.tasks = tasks;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Makes the part of the root: it alone has time for real-time tasks from the beginning. */
  @Override
  public ControllerState createRoot(Cgroup root) {
    return new CpuGroup(RtBandwidth.ROOT);
  }

  /**
   * Makes the part of a new group, which takes nothing from its parent: {@code sched_create_group}.
   */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new CpuGroup(RtBandwidth.NEW);
  }

  @Override
  public void offline(Cgroup group) {
    children.offline(group);
  }

  CfsRules cfs() {
    return new CfsRules(profile, children);
  }

  RtRules rt() {
    return new RtRules(profile, children);
  }

  /**
   * {@code cpu_cgroup_can_attach}.
   *
   * @throws ErrnoException EINVAL if one of the tasks has a policy that the group has no time for,
   *     or that this kernel leaves where it is
   */
  @Override
  public void canAttach(Cgroup group, int id, Membership.Scope scope) throws ErrnoException {
    switch (scope) {
      case THREAD -> requireWelcome(group, id);
      case PROCESS -> {
        for (int tid : tasks.threads(tasks.processOf(id))) {
          requireWelcome(group, tid);
        }
      }
    }
  }

  /** Who is in the group already is not asked about: {@code cgroup_migrate_prepare_dst}. */
  private void requireWelcome(Cgroup group, int tid) throws ErrnoException {
    int policy = tasks.policy(tid);
    if (profile.has(KernelFeature.RT_GROUP_SCHED)) {
      if (SchedulingPolicy.isRealTime(policy) && CpuGroup.of(group).rt().runtimeNs() == 0) {
        throw new ErrnoException(
            Errno.EINVAL,
            "task %d is a real-time task, and %s has no time for those: write to its cpu.rt_runtime_us first"
                .formatted(tid, group.path()));
      }
    } else if (profile.has(KernelFeature.CPU_FAIR_TASKS_ONLY)
        && !SchedulingPolicy.isFair(policy)
        && !group.hasThread(tid)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "task %d is a real-time task, and this kernel moves none: give it an ordinary policy first"
              .formatted(tid));
    }
  }

  /** Whether a real-time task is in the group: {@code tg_has_rt_tasks}. */
  boolean hasRealTimeTasks(Cgroup group) {
    for (int tid : group.members(Membership.Scope.THREAD)) {
      if (SchedulingPolicy.isRealTime(tasks.policy(tid))) {
        return true;
      }
    }
    return false;
  }
}
