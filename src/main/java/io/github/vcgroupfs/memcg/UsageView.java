package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.KernelFeature;

/** What the usage files show, which is not always what a counter holds. Stateless; any thread. */
final class UsageView {
  private UsageView() {}

  /** The value of a usage file, in units. */
  static long usage(MemCgroup group, CounterKind kind) {
    if (group.isRoot()) {
      return ofRoot(group.hierarchy(), kind);
    }
    return switch (kind) {
      case MEMORY, MEMSW -> populatedFloor(group, charged(group));
      case KMEM -> group.kmem().usage();
      case TCP -> group.tcp().counter().usage();
    };
  }

  /** What is charged as memory, in units: the usage file without the floor below. */
  static long charged(MemCgroup group) {
    if (!group.isRoot()) {
      return group.memory().held();
    }
    Hierarchy tree = group.hierarchy();
    return tree.injectedMemory() + (group.memory().isJoint() ? kernel(tree) : 0);
  }

  private static long kernel(Hierarchy tree) {
    boolean socketsToo = tree.profile().has(KernelFeature.SOCKETS_ARE_KERNEL_MEMORY);
    long all = tree.injectedKmem() + (socketsToo ? tcp(tree) : 0);
    long counted = tree.root().kmem().usage(); // where groups are charged to it: structures, too
    return PageCounter.above(counted, all) ? counted : all;
  }

  private static long tcp(Hierarchy tree) {
    return tree.profile().era().ofPages(tree.machine().memoryAllocated());
  }

  /**
   * The root has no counters of its own: it shows the whole tree ({@code mem_cgroup_usage}), and
   * all TCP memory of the machine ({@code tcp_read_usage}).
   */
  private static long ofRoot(Hierarchy tree, CounterKind kind) {
    return switch (kind) {
      case TCP ->
          switch (tree.profile().groups().rootTcp()) {
            case MACHINE -> tcp(tree);
            case COUNTER -> tree.root().tcp().counter().usage();
          };
      case KMEM -> kernel(tree);
      case MEMORY, MEMSW -> populatedFloor(tree.root(), charged(tree.root()));
    };
  }

  /**
   * Unlike Linux, where every process brings pages of its own: a group with processes shows at
   * least one page, and never less than the groups it accounts for (rulings.md, at least a page).
   */
  private static long populatedFloor(MemCgroup group, long charged) {
    Hierarchy tree = group.hierarchy();
    if (!tree.profile().has(KernelFeature.POPULATED_USAGE)) {
      return charged;
    }
    long least = tree.membership().isPopulated(group) ? tree.profile().era().ofPages(1) : 0;
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
}
