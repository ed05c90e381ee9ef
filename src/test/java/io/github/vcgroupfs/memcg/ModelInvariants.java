package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * What must hold of a hierarchy whenever nobody is changing it. Sums are over the groups that a
 * group accounts for: children whose counters have its counters as parents.
 */
public final class ModelInvariants {
  private ModelInvariants() {}

  /** Fails with the first invariant that does not hold. */
  public static void check(MemoryTree tree) {
    long ownMemory = 0;
    long ownKmem = 0;
    long tcpUsers = 0;
    long kmemUsers = 0;
    for (MemCgroup group : groups(tree.root())) {
      assertThat(group.isAlive()).as("%s is in the tree and alive", group).isTrue();
      checkLinks(group);
      for (CounterKind kind : CounterKind.values()) {
        checkCounter(group, kind);
      }
      ownMemory += group.ownMemory();
      ownKmem += group.ownKmem();
      assertThat(group.ownMemory()).as("injected user memory of %s", group).isNotNegative();
      assertThat(group.ownKmem()).as("injected kernel memory of %s", group).isNotNegative();
      tcpUsers += !group.isRoot() && group.tcp().counter().isLimited() ? 1 : 0;
      kmemUsers +=
          !group.isRoot() && group.independentKmemLimit() && group.kmem().isLimited() ? 1 : 0;
    }
    assertThat(tree.injectedMemory()).as("injected user memory of the tree").isEqualTo(ownMemory);
    assertThat(tree.injectedKmem()).as("injected kernel memory of the tree").isEqualTo(ownKmem);
    checkBranch(tree.tcpBranch(), tcpUsers);
    checkBranch(tree.kmemBranch(), kmemUsers);
    assertThat(tree.machine().memoryAllocated()).as("TCP pages of the machine").isNotNegative();
    assertThat(tree.machine().socketsAllocated()).as("sockets of the machine").isNotNegative();
  }

  /** The group and all below it. */
  public static List<MemCgroup> groups(MemCgroup top) {
    List<MemCgroup> all = new ArrayList<>();
    Deque<MemCgroup> open = new ArrayDeque<>(List.of(top));
    while (!open.isEmpty()) {
      MemCgroup group = open.pop();
      all.add(group);
      open.addAll(group.children());
    }
    return all;
  }

  private static void checkLinks(MemCgroup group) {
    for (MemCgroup child : group.children()) {
      assertThat(child.parent()).as("parent of %s", child).isSameAs(group);
      assertThat(group.cgroup().child(child.cgroup().name()))
          .as("%s by its name", child)
          .isSameAs(child.cgroup());
      if (child.isHierarchicalChild()) {
        assertThat(child.memory().parent()).isSameAs(group.memory());
        assertThat(child.kmem().parent()).isSameAs(group.kmem());
      }
    }
  }

  private static void checkCounter(MemCgroup group, CounterKind kind) {
    PageCounter counter = group.counter(kind);
    String what = kind.label() + " of " + group;
    assertThat(counter.usage()).as("usage: %s", what).isNotNegative();
    assertThat(counter.failcnt()).as("failcnt: %s", what).isNotNegative();
    long below = sumOfCharging(group.children(), kind, counter);
    assertThat(counter.usage())
        .as("usage holds the children's: %s", what)
        .isGreaterThanOrEqualTo(below);
    if (kind == CounterKind.MEMORY && !group.isRoot()) {
      assertThat(counter.usage())
          .as("usage is own + children's: %s", what)
          .isEqualTo(below + group.ownMemory());
    }
    if (kind == CounterKind.KMEM) {
      assertThat(counter.usage())
          .as("kernel memory holds the injected and the children's: %s", what)
          .isGreaterThanOrEqualTo(below + (group.isRoot() ? 0 : group.ownKmem()));
    }
  }

  private static long sumOfCharging(
      Collection<MemCgroup> children, CounterKind kind, PageCounter parent) {
    long sum = 0;
    for (MemCgroup child : children) {
      if (child.counter(kind).parent() == parent) {
        sum += child.counter(kind).usage();
      }
    }
    return sum;
  }

  /** {@code --accounting always} holds both branches open for itself: one user more. */
  private static void checkBranch(AccountingBranch branch, long limitedGroups) {
    assertThat(branch.users())
        .as("users of a branch; its groups are %d", limitedGroups)
        .isIn(limitedGroups, limitedGroups + 1);
    assertThat(branch.isOn()).isEqualTo(branch.users() > 0);
    assertThat(branch.flips() % 2).as("flips").isEqualTo(branch.isOn() ? 1 : 0);
  }
}
