package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.counter.PageCounter;

/**
 * The numbers that the files show. They are not always what a counter holds: the root has no
 * counters of its own, for example. Has no state. Any thread may call it, without a lock.
 */
public final class UsageView {
  private UsageView() {}

  /** The number in a usage file, in units. */
  public static long usage(MemCgroup group, CounterKind kind) {
    if (group.isRoot()) {
      return ofRoot(group, kind);
    }
    return switch (kind) {
      case MEMORY, MEMSW -> populatedFloor(group, charged(group));
      case KMEM -> group.kmem().usage();
      case TCP -> group.tcp().counter().usage();
    };
  }

  /** What is charged as memory, in units: the usage file without the floor below. */
  public static long charged(MemCgroup group) {
    if (!group.isRoot()) {
      return group.memory().held();
    }
    return group.globals().injectedMemory() + (group.memory().isJoint() ? kernel(group) : 0);
  }

  private static long kernel(MemCgroup root) {
    boolean socketsToo = root.profile().has(KernelFeature.SOCKETS_ARE_KERNEL_MEMORY);
    long all = root.globals().injectedKmem() + (socketsToo ? tcp(root) : 0);
    long counted = root.kmem().usage(); // where groups are charged to it: structures, too
    return PageCounter.above(counted, all) ? counted : all;
  }

  private static long tcp(MemCgroup root) {
    return root.profile().era().ofPages(root.globals().machine().memoryAllocated());
  }

  /**
   * The root has no counters of its own: it shows the whole tree ({@code mem_cgroup_usage}), and
   * all TCP memory of the machine ({@code tcp_read_usage}).
   */
  private static long ofRoot(MemCgroup root, CounterKind kind) {
    return switch (kind) {
      case TCP ->
          switch (root.profile().memory().rootTcp()) {
            case MACHINE -> tcp(root);
            case COUNTER -> root.tcp().counter().usage();
          };
      case KMEM -> kernel(root);
      case MEMORY, MEMSW -> populatedFloor(root, charged(root));
    };
  }

  /**
   * Unlike Linux, where every process brings pages of its own: a group with processes shows at
   * least one page, and never less than the groups it accounts for (rulings.md, at least a page).
   */
  private static long populatedFloor(MemCgroup group, long charged) {
    if (!group.profile().has(KernelFeature.POPULATED_USAGE)) {
      return charged;
    }
    long least = group.cgroup().isPopulated() ? group.profile().era().ofPages(1) : 0;
    if (group.useHierarchy() && group.hasChildren()) {
      long below = 0;
      for (MemCgroup child : group.children()) {
        if (group.accountsFor(child)) {
          below += populatedFloor(child, child.memory().held());
        }
      }
      least = Math.max(least, below);
    }
    return PageCounter.above(least, charged) ? least : charged;
  }

  /** The number in a limit file: unsigned, in bytes. On the root the TCP limit is a constant. */
  public static long limitBytes(MemCgroup group, CounterKind kind) {
    return kind == CounterKind.TCP && group.isRoot()
        ? group.profile().memory().rootTcpLimitBytes()
        : group.profile().era().toBytes(group.counter(kind).max());
  }

  /**
   * The smallest limit that a charge to the group meets, in units. Shown in {@code memory.stat}.
   */
  public static long hierarchicalLimit(MemCgroup group, CounterKind kind) {
    long least = group.counter(kind).max();
    MemCgroup at = group;
    while (at.isHierarchicalChild()) {
      MemCgroup above = at.parent();
      if (above == null) {
        break;
      }
      long limit = above.counter(kind).max();
      least = PageCounter.above(least, limit) ? limit : least;
      at = above;
    }
    return least;
  }
}
