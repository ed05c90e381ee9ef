package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The TCP memory of groups, without sockets: rulings.md, sockets are kernel memory. Values in pages
 * of 4,096 bytes.
 */
class TcpMemoryTest {
  private static final long PAGE = 4096;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private MemoryTree tree;
  private MemCgroup parent;
  private MemCgroup child;

  @BeforeEach
  void makeGroups() throws Exception {
    tree = trees.newTree();
    parent = tree.mkdir(tree.root(), "parent");
    tree.set(parent, Setting.USE_HIERARCHY, 1);
    child = tree.mkdir(parent, "child");
  }

  private static long usage(MemCgroup group, CounterKind kind) {
    return UsageView.usage(group, kind) / PAGE;
  }

  @Test
  void aChargeCountsAsTcpAndAsKernelMemoryOnEveryLevel() {
    assertThat(child.tcp().tryCharge(3)).isNull();
    for (MemCgroup group : new MemCgroup[] {child, parent}) {
      assertThat(usage(group, CounterKind.TCP)).isEqualTo(3);
      assertThat(usage(group, CounterKind.KMEM)).isEqualTo(3);
      assertThat(usage(group, CounterKind.MEMORY)).as("flag 0: shown in it").isEqualTo(3);
      assertThat(group.memory().usage()).as("user memory itself").isZero();
    }
    child.tcp().uncharge(3);
    assertThat(usage(parent, CounterKind.TCP)).isZero();
    assertThat(usage(parent, CounterKind.KMEM)).isZero();
  }

  @Test
  void aChargeThatTheKernelMemoryRefusesLeavesNothingBehind() throws Exception {
    tree.setLimit(child, CounterKind.MEMORY, 2 * PAGE);
    assertThat(child.tcp().tryCharge(3)).as("flag 0").isSameAs(child.memory());
    assertThat(child.tcp().counter().usage()).isZero();
    assertThat(parent.tcp().counter().usage()).isZero();
    assertThat(child.memory().failcnt()).isEqualTo(1);
    assertThat(child.tcp().counter().failcnt()).isZero();
    tree.setLimit(parent, CounterKind.TCP, PAGE);
    assertThat(child.tcp().tryCharge(2)).isSameAs(parent.tcp().counter());
    assertThat(parent.tcp().counter().failcnt()).isEqualTo(1);
    assertThat(child.kmem().usage()).isZero();
  }

  @Test
  void aGroupsThresholdsAreTheMachinesCutToItsLimit() throws Exception {
    TcpMemLimits all = tree.machine().memPages();
    assertThat(child.tcp().memPages()).isEqualTo(all);
    tree.setLimit(child, CounterKind.TCP, 100 * PAGE);
    assertThat(child.tcp().memPages()).isEqualTo(new TcpMemLimits(100, 100, 100));
    assertThat(parent.tcp().memPages()).isEqualTo(all);
    tree.setLimit(child, CounterKind.TCP, tree.profile().era().unlimited());
    assertThat(child.tcp().memPages()).isEqualTo(all);
    tree.machine().setMemPages(new TcpMemLimits(1, 2, 3));
    assertThat(tree.mkdir(parent, "later").tcp().memPages()).isEqualTo(new TcpMemLimits(1, 2, 3));
  }

  @Test
  void pressureOfAnAncestorIsPressureBelowIt() throws Exception {
    MemCgroup sibling = tree.mkdir(parent, "sibling");
    child.tcp().enterMemoryPressure(parent.tcp().counter());
    assertThat(child.tcp().underPressure()).isTrue();
    assertThat(parent.tcp().underPressure()).isTrue();
    assertThat(sibling.tcp().underPressure()).as("below the exhausted ancestor").isTrue();
    child.tcp().leaveMemoryPressure();
    assertThat(sibling.tcp().underPressure()).isFalse();
    assertThat(parent.tcp().underPressure()).isFalse();
  }

  @Test
  void pressureWithoutARefusalIsTheGroupsOwn() throws Exception {
    MemCgroup grandchild = tree.mkdir(child, "grandchild");
    child.tcp().enterMemoryPressure(null);
    assertThat(parent.tcp().underPressure()).as("not above").isFalse();
    assertThat(grandchild.tcp().underPressure()).as("but below").isTrue();
    assertThat(child.tcp().stats().get(TcpCounter.PRESSURE_ENTERED)).isEqualTo(1);
    child.tcp().enterMemoryPressure(null);
    assertThat(child.tcp().stats().get(TcpCounter.PRESSURE_ENTERED))
        .as("0 to 1 changes only")
        .isEqualTo(1);
  }

  @Test
  void theRootHasNoTcpCounterAboveItsChildren() throws Exception {
    MemoryTree other = trees.newTree();
    other.set(other.root(), Setting.USE_HIERARCHY, 1);
    MemCgroup top = other.mkdir(other.root(), "top");
    assertThat(top.tcp().tryCharge(1)).isNull();
    assertThat(top.tcp().counter().parent()).isNull();
    assertThat(other.root().tcp().counter().usage()).isZero();
    assertThat(other.root().kmem().usage()).as("but kernel memory has").isEqualTo(PAGE);
    top.tcp().uncharge(1);
  }

  @Test
  void theMachineKnowsItsOwnPressure() {
    TcpMachine machine = tree.machine();
    machine.enterMemoryPressure();
    machine.enterMemoryPressure();
    assertThat(machine.pressure().isOn()).isTrue();
    assertThat(machine.stats().get(TcpCounter.PRESSURE_ENTERED)).isEqualTo(1);
    machine.leaveMemoryPressure();
    machine.leaveMemoryPressure();
    assertThat(machine.pressure().isOn()).isFalse();
    assertThat(child.tcp().underPressure()).isFalse();
  }
}
