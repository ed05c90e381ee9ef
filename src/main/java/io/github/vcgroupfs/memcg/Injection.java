package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import org.jspecify.annotations.Nullable;

/**
 * Injected memory: usage that somebody writes into a usage file, because no real process uses
 * memory here. It counts against limits, so one can see what happens at a limit. Unlike Linux,
 * where usage files cannot be written (rulings.md, injected usage). Has no state; every method runs
 * under the hierarchy's lock.
 */
final class Injection {
  private Injection() {}

  /**
   * Makes {@code memory.usage_in_bytes} read that value, by changing the group's own injected user
   * memory.
   */
  static void setMemory(MemCgroup group, long units) throws ErrnoException {
    requireNotRoot(group, CounterKind.MEMORY);
    long own = group.ownMemory();
    long others = group.memory().usage() - own;
    if (group.memory().isJoint()) {
      others += group.kmem().usage();
    }
    holdMemory(group, ownPart(group, CounterKind.MEMORY, units, others));
  }

  private static void holdMemory(MemCgroup group, long wanted) throws ErrnoException {
    long own = group.ownMemory();
    resize(group, group.memory(), own, wanted);
    group.setOwnMemory(wanted);
    group.globals().addInjectedMemory(wanted - own);
    root(group).usageChanged();
  }

  /** The group gets that much user memory more, as if a process had touched new pages. */
  static void chargeMemory(MemCgroup group, long units) throws ErrnoException {
    requireNotRoot(group, CounterKind.MEMORY);
    holdMemory(group, more(group.ownMemory(), units));
  }

  /** A process gives user memory back; what has moved to a parent meanwhile stays there. */
  static void unchargeMemory(MemCgroup group, long units) throws ErrnoException {
    holdMemory(group, less(group.ownMemory(), units));
  }

  /** The group gets that much kernel memory more. */
  static void chargeKmem(MemCgroup group, long units) throws ErrnoException {
    requireNotRoot(group, CounterKind.KMEM);
    holdKmem(group, more(group.ownKmem(), units));
  }

  /** Kernel memory is given back. */
  static void unchargeKmem(MemCgroup group, long units) throws ErrnoException {
    holdKmem(group, less(group.ownKmem(), units));
  }

  private static long more(long own, long units) throws ErrnoException {
    long sum = own + units;
    if (units < 0 || PageCounter.above(own, sum)) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s units more than %s are no number: charge less"
              .formatted(Long.toUnsignedString(units), Long.toUnsignedString(own)));
    }
    return sum;
  }

  private static long less(long own, long units) {
    return PageCounter.above(units, own) ? 0 : own - units;
  }

  /**
   * Makes {@code memory.kmem.usage_in_bytes} read that value; socket memory cannot be taken away.
   */
  static void setKmem(MemCgroup group, long units) throws ErrnoException {
    requireNotRoot(group, CounterKind.KMEM);
    long own = group.ownKmem();
    holdKmem(group, ownPart(group, CounterKind.KMEM, units, group.kmem().usage() - own));
  }

  private static void holdKmem(MemCgroup group, long wanted) throws ErrnoException {
    long own = group.ownKmem();
    resize(group, group.kmem(), own, wanted);
    group.setOwnKmem(wanted);
    group.globals().addInjectedKmem(wanted - own);
    root(group).usageChanged();
  }

  /**
   * Empties a group of its own user memory, which moves to the parent: {@code
   * mem_cgroup_move_parent}. The parent's counters have it already if it accounts for the group,
   * whose own thresholds are not told: it may be about to go.
   *
   * @throws ErrnoException EBUSY if a parent that does not account for it has no room
   */
  static void moveMemoryToParent(MemCgroup group) throws ErrnoException {
    long own = group.ownMemory();
    MemCgroup parent = group.parent();
    if (own == 0 || parent == null) {
      return;
    }
    long nrPages = group.memory().era().toPages(own);
    if (!group.isHierarchicalChild()) {
      PageCounter refused = parent.isRoot() ? null : parent.memory().tryCharge(nrPages);
      if (refused != null) {
        throw new ErrnoException(
            Errno.EBUSY,
            "what is charged to %s moves to %s, whose limit has no room for it: raise that limit"
                .formatted(group.path(), parent.path()));
      }
    }
    group.memory().cancel(own);
    parent.setOwnMemory(parent.ownMemory() + own);
    group.setOwnMemory(0);
  }

  /** Gives back the injected kernel memory of a group that is removed: nobody else could. */
  static void releaseKmem(MemCgroup group) {
    long own = group.ownKmem();
    group.kmem().uncharge(group.kmem().era().toPages(own));
    group.setOwnKmem(0);
    group.globals().addInjectedKmem(-own);
    root(group).usageChanged();
  }

  /**
   * Refuses {@code memory.force_empty} of a group with members. Needs no lock, and is not called
   * under one, because members may take long to find. A process that comes after it does no harm.
   */
  static void requireNobody(MemCgroup group) throws ErrnoException {
    switch (group.profile().memory().forceEmpty()) {
      case MOVES_TO_PARENT -> TreeRules.requireEmpty(group.cgroup(), "emptied");
      case MOVES_TO_PARENT_NOT_ON_ROOT -> {
        requireEmptiable(group);
        TreeRules.requireEmpty(group.cgroup(), "emptied");
      }
      case RECLAIMS -> {}
    }
  }

  /** {@code memory.force_empty}. */
  static void forceEmpty(MemCgroup group) throws ErrnoException {
    switch (group.profile().memory().forceEmpty()) {
      case MOVES_TO_PARENT -> empty(group);
      case MOVES_TO_PARENT_NOT_ON_ROOT -> {
        requireEmptiable(group);
        empty(group);
      }
      // what is injected cannot be reclaimed, and the kernel succeeds even so
      case RECLAIMS -> requireEmptiable(group);
    }
  }

  private static void empty(MemCgroup group) throws ErrnoException {
    TreeRules.requireChildless(group.cgroup(), "emptied");
    moveMemoryToParent(group);
    group.usageChanged();
  }

  private static void requireEmptiable(MemCgroup group) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(Errno.EINVAL, "the root cannot be emptied; write to a group below");
    }
  }

  private static MemCgroup root(MemCgroup group) {
    MemCgroup at = group;
    for (MemCgroup above = at.parent(); above != null; above = at.parent()) {
      at = above;
    }
    return at;
  }

  private static void requireNotRoot(MemCgroup group, CounterKind kind) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s usage of the root is that of the whole tree; set it on a group below"
              .formatted(kind.label()));
    }
  }

  private static long ownPart(MemCgroup group, CounterKind kind, long units, long others)
      throws ErrnoException {
    if (PageCounter.above(others, units)) {
      CounterEra era = group.memory().era();
      throw new ErrnoException(
          Errno.EBUSY,
          "%s usage of %s cannot go below the %s bytes that sockets and child groups hold: write that or more"
              .formatted(kind.label(), group.path(), LimitRules.bytes(era, others)));
    }
    return units - others;
  }

  private static void resize(MemCgroup group, PageCounter counter, long from, long to)
      throws ErrnoException {
    CounterEra era = counter.era();
    if (from == to) {
      return; // what is there may stand above a limit since independent_kmem_limit was flipped
    }
    if (PageCounter.above(from, to)) {
      counter.uncharge(era.toPages(from - to));
      return;
    }
    PageCounter refused = counter.tryCharge(era.toPages(to - from));
    if (refused == null) {
      for (MemCgroup at = group; at != null; at = at.parent()) {
        at.setLacking(0);
      }
    } else {
      tellRefused(group, refused, to - from);
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s more bytes do not fit: %s; raise that limit or inject less"
              .formatted(LimitRules.bytes(era, to - from), limitOf(group, refused)));
    }
    requireRoomOnTheRoot(group, counter, to - from);
  }

  /** The root shows the sum of all groups, whose counters need not reach it: it must not wrap. */
  private static void requireRoomOnTheRoot(MemCgroup group, PageCounter counter, long charged)
      throws ErrnoException {
    CounterEra era = counter.era();
    long most = era.unlimited();
    MemoryGlobals all = group.globals();
    if (PageCounter.above(charged, most - all.injectedMemory() - all.injectedKmem())) {
      counter.uncharge(era.toPages(charged));
      root(group).memory().records().countFailure();
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s more bytes do not fit: all groups together can hold %s; inject less"
              .formatted(LimitRules.bytes(era, charged), LimitRules.bytes(era, most)));
    }
  }

  /** A memory limit that refuses is the end of memory; another one is only pressure. */
  private static void tellRefused(MemCgroup group, PageCounter refused, long units) {
    MemoryEvents events = group.globals().events();
    for (@Nullable MemCgroup at = group; at != null; at = at.parent()) {
      if (at.memory() == refused) {
        events.outOfMemory(at, units);
      } else if (at.kmem() == refused) {
        events.pressure(at, PressureLevel.LOW);
      }
    }
  }

  private static String limitOf(MemCgroup group, PageCounter refused) {
    for (@Nullable MemCgroup at = group; at != null; at = at.parent()) {
      for (CounterKind kind : CounterKind.values()) {
        if (at.counter(kind) == refused) {
          return "the %s limit of %s is %s"
              .formatted(kind.label(), at.path(), LimitRules.bytes(refused.era(), refused.max()));
        }
      }
    }
    return "a limit above " + group.path();
  }
}
