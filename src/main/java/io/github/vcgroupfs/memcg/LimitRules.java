package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.KmemLimitRule;
import io.github.vcgroupfs.kernel.MemoryRules;
import io.github.vcgroupfs.memcg.counter.PageCounter;

/**
 * The rules for writing a limit, a watermark or a failcnt. Has no state; every method runs under
 * the hierarchy's lock.
 */
final class LimitRules {
  private LimitRules() {}

  /** Writes a limit. {@code mem_cgroup_write}, {@code tcp_cgroup_write}. */
  static void setLimit(MemCgroup group, CounterKind kind, long units) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "the root has no %s limit to set; set it on a group below".formatted(kind.label()));
    }
    if (kind == CounterKind.KMEM && !permitsKmemLimit(group, units)) {
      return;
    }
    PageCounter counter = group.counter(kind);
    checkOrder(group, kind, units);
    if (!counter.trySetMax(units)) {
      CounterEra era = counter.era();
      throw new ErrnoException(
          Errno.EBUSY,
          "%s usage of %s is %s bytes, above the new limit of %s, and cannot be reclaimed: lower it, or set %s or more"
              .formatted(
                  kind.label(),
                  group.path(),
                  bytes(era, counter.held()),
                  bytes(era, units),
                  bytes(era, counter.held())));
    }
    if (kind == CounterKind.TCP) {
      group.tcp().limitChanged();
    }
    if (kind == CounterKind.KMEM && activatesKmem(group, units)) {
      group.activateKmem();
    }
    group.updateBranches();
  }

  /**
   * What the kernel version says before a kernel limit is stored.
   *
   * @return whether the limit is to be stored at all
   */
  private static boolean permitsKmemLimit(MemCgroup group, long units) throws ErrnoException {
    switch (rules(group).kmemLimit()) {
      case IGNORED -> {
        return false;
      }
      case UNSUPPORTED ->
          throw new ErrnoException(
              Errno.EOPNOTSUPP,
              "%s counts kernel memory but no longer limits it: use memory.limit_in_bytes"
                  .formatted(group.profile()));
      case ACTIVATES, ALWAYS_ACTIVATES -> {
        if (activatesKmem(group, units)) {
          requireActivatable(group);
        }
      }
      case SETS -> {}
    }
    return true;
  }

  /** Whether storing that limit activates kernel accounting. */
  private static boolean activatesKmem(MemCgroup group, long units) {
    return switch (rules(group).kmemLimit()) {
      case SETS, UNSUPPORTED, IGNORED -> false;
      case ACTIVATES -> !group.isKmemActive() && units != group.kmem().era().unlimited();
      case ALWAYS_ACTIVATES -> !group.isKmemActive();
    };
  }

  /** Tasks have memory that was not counted: {@code memcg_update_kmem_limit}. */
  private static void requireActivatable(MemCgroup group) throws ErrnoException {
    KernelProfile profile = group.profile();
    boolean withDescendants = rules(group).kmemLimit() == KmemLimitRule.ALWAYS_ACTIVATES;
    if (isPopulated(group, withDescendants)) {
      throw new ErrnoException(
          Errno.EBUSY,
          ("%s activates kernel accounting on the first limit, which needs a group without tasks; %d"
                  + " in it now. Set the limit before attaching")
              .formatted(profile, tasks(group, withDescendants)));
    }
    if (group.useHierarchy() && group.hasChildren()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s activates kernel accounting on the first limit, which needs a group without children: set it before mkdir"
              .formatted(profile));
    }
  }

  private static boolean isPopulated(MemCgroup group, boolean withDescendants) {
    if (group.cgroup().isPopulated()) {
      return true;
    }
    return withDescendants && group.children().stream().anyMatch(child -> isPopulated(child, true));
  }

  private static int tasks(MemCgroup group, boolean withDescendants) {
    int tasks = group.cgroup().members(Membership.Scope.THREAD).length;
    if (withDescendants) {
      for (MemCgroup child : group.children()) {
        tasks += tasks(child, true);
      }
    }
    return tasks;
  }

  private static MemoryRules rules(MemCgroup group) {
    return group.profile().memory();
  }

  /** memory never above memsw: {@code mem_cgroup_resize_limit}, {@code _memsw_limit}. */
  private static void checkOrder(MemCgroup group, CounterKind kind, long units)
      throws ErrnoException {
    CounterEra era = group.memory().era();
    long memory = group.memory().max();
    PageCounter swap = group.counter(CounterKind.MEMSW);
    long memsw = swap.max();
    // "No limit" of memsw is a number, too: 9223372036854775807 is rounded up to one above
    // RESOURCE_MAX and so is refused by every res_counter kernel.
    if (kind == CounterKind.MEMORY && PageCounter.above(units, memsw)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a memory limit of %s would be above the memsw limit of %s: raise memory.memsw.limit_in_bytes first"
              .formatted(bytes(era, units), bytes(era, memsw)));
    }
    if (kind == CounterKind.MEMSW && PageCounter.above(memory, units)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a memsw limit of %s would be below the memory limit of %s: lower memory.limit_in_bytes first"
              .formatted(bytes(era, units), bytes(era, memory)));
    }
  }

  /** Resets failcnt. On the root's TCP files this succeeds and does nothing: it has no counter. */
  static void resetFailcnt(MemCgroup group, CounterKind kind) {
    group.counter(kind).records().resetFailcnt();
  }

  /** Resets max_usage to the usage of now. */
  static void resetWatermark(MemCgroup group, CounterKind kind) {
    if (kind == CounterKind.MEMSW) {
      group.counter(kind).records().setWatermark(group.memory().held());
    } else {
      group.counter(kind).resetWatermark();
    }
  }

  static String bytes(CounterEra era, long units) {
    return Long.toUnsignedString(era.toBytes(units));
  }
}
