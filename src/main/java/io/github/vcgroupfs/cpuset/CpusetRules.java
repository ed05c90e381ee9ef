package io.github.vcgroupfs.cpuset;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.NumberLists;
import java.util.BitSet;

/**
 * Which settings a group may have beside those of its children, its parent and its siblings. The
 * checks and their order are those of {@code validate_change}. Immutable. Every method is called
 * under the lock of the hierarchy.
 */
final class CpusetRules {
  /** {@code to_ratio}: 1 is all the time of a processor. */
  private static final long RATIO_ONE = 1 << 20;

  /** What deadlines may take of a processor: {@code sysctl_sched_rt_runtime}, 95 %. */
  private static final long DEADLINE_SHARE = RATIO_ONE * 95 / 100;

  /** What the fair server of a processor takes: {@code dl_server_start}, 50 ms a second. */
  private static final long FAIR_SERVER_SHARE = RATIO_ONE * 5 / 100;

  private final boolean fairServers;
  private final int onlineCpus;

  /**
   * The rules of a kernel on a machine.
   *
   * @param onlineCpus how many processors it has
   */
  CpusetRules(KernelProfile profile, int onlineCpus) {
    this.fairServers = profile.has(KernelFeature.FAIR_SERVERS);
    this.onlineCpus = onlineCpus;
  }

  /**
   * Checks settings that a group is to have.
   *
   * @throws ErrnoException EBUSY if a child has more, EACCES if the parent has less, ENOSPC if
   *     processes would have nothing left, EBUSY if too few processors would be left for deadlines,
   *     EINVAL if it would share with a sibling what one of them has for itself
   */
  void requireValid(Cgroup group, CpusetSettings trial) throws ErrnoException {
    for (Cgroup child : group.children()) {
      requireWithin(Errno.EBUSY, child, settings(child), group, trial);
    }
    Cgroup parent = group.parent();
    if (parent == null) {
      return;
    }
    requireWithin(Errno.EACCES, group, trial, parent, settings(parent));
    for (Resource each : Resource.values()) {
      requireSomethingForProcesses(group, trial, each);
    }
    requireRoomForDeadlines(group, trial);
    for (Cgroup sibling : parent.children()) {
      if (!sibling.equals(group)) {
        for (Resource each : Resource.values()) {
          requireApart(group, trial, sibling, each);
        }
      }
    }
  }

  /** {@code is_cpuset_subset}: both lists, and nothing is exclusive that is not so above. */
  private static void requireWithin(
      Errno errno, Cgroup child, CpusetSettings lower, Cgroup parent, CpusetSettings upper)
      throws ErrnoException {
    for (Resource each : Resource.values()) {
      BitSet beyond = lower.beyond(upper, each);
      if (!beyond.isEmpty()) {
        throw new ErrnoException(
            errno,
            "%s would have the %s %s and %s not: a group has at most what its parent has"
                .formatted(child.path(), each.plural(), NumberLists.show(beyond), parent.path()));
      }
      if (lower.has(each.exclusive()) && !upper.has(each.exclusive())) {
        throw new ErrnoException(
            errno,
            "%s would have its %s for itself and %s not: set the flag from the root downwards"
                .formatted(child.path(), each.plural(), parent.path()));
      }
    }
  }

  /** Processes, or one that is about to come, must not lose the last of what they need. */
  private static void requireSomethingForProcesses(
      Cgroup group, CpusetSettings trial, Resource resource) throws ErrnoException {
    CpusetGroup own = CpusetGroup.of(group);
    if (trial.isEmpty(resource)
        && !own.settings().isEmpty(resource)
        && (own.isExpecting() || group.isPopulated())) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%s has processes, which need %s: move them to another group first"
              .formatted(group.path(), resource.plural()));
    }
  }

  /**
   * {@code cpuset_cpumask_can_shrink}. Nothing here has deadlines but the servers that keep time
   * for ordinary tasks, one a processor, since there are some. All count as one domain, as long as
   * the root balances.
   */
  private void requireRoomForDeadlines(Cgroup group, CpusetSettings trial) throws ErrnoException {
    CpusetSettings now = settings(group);
    boolean asked =
        fairServers
            && now.has(CpusetFlag.CPU_EXCLUSIVE)
            && now.has(CpusetFlag.SCHED_LOAD_BALANCE)
            && !now.isEmpty(Resource.CPUS);
    int cpus = trial.list(Resource.CPUS).cardinality();
    if (asked && DEADLINE_SHARE * cpus < FAIR_SERVER_SHARE * onlineCpus) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s has processors for itself, and %d are too few for the fair servers of %d: leave it more"
              .formatted(group.path(), cpus, onlineCpus));
    }
  }

  private static void requireApart(
      Cgroup group, CpusetSettings trial, Cgroup sibling, Resource resource) throws ErrnoException {
    CpusetSettings other = settings(sibling);
    boolean exclusive = trial.has(resource.exclusive()) || other.has(resource.exclusive());
    if (exclusive && trial.overlaps(other, resource)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s and %s would share %s, which one of them has for itself: choose others"
              .formatted(group.path(), sibling.path(), resource.plural()));
    }
  }

  private static CpusetSettings settings(Cgroup group) {
    return CpusetGroup.of(group).settings();
  }
}
