package io.github.vcgroupfs.memcg.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TCP memory without a tree of groups: who is told of pressure, and when. In pages. */
class TcpMemoryAloneTest {
  private static final TcpMemLimits MACHINE = new TcpMemLimits(1_000, 2_000, 3_000);

  private final TcpMachine machine = new TcpMachine(MACHINE, () -> 0);
  private final List<String> told = new ArrayList<>();
  private boolean heard = true;

  /** A group that is nothing but its counters. */
  private final class Group implements TcpGroup {
    private final String name;
    private final PageCounter kmem;
    private final TcpMemory tcp;

    Group(String name, Group above, boolean isKernelMemory) {
      this.name = name;
      kmem = counter(above == null ? null : above.kmem);
      PageCounter own = counter(above == null ? null : above.tcp.counter());
      tcp = new TcpMemory(this, own, above == null ? null : above.tcp, machine, isKernelMemory);
    }

    private PageCounter counter(PageCounter parent) {
      return new PageCounter(CounterEra.PAGE_COUNTER, parent, ModelListener.SILENT);
    }

    @Override
    public PageCounter kmem() {
      return kmem;
    }

    @Override
    public boolean owns(PageCounter counter) {
      return counter == kmem || counter == tcp.counter();
    }

    @Override
    public boolean hearsPressure() {
      return heard;
    }

    @Override
    public void pressureBegan() {
      told.add("began in " + name);
    }

    @Override
    public void pressureLasts() {
      told.add("lasts in " + name);
    }
  }

  @Test
  void pressureIsToldOfTheGroupWhoseLimitRefused() {
    Group top = new Group("top", null, true);
    Group leaf = new Group("leaf", top, true);
    top.tcp.counter().trySetMax(4);
    PageCounter refused = leaf.tcp.tryCharge(5);
    assertThat(refused).isSameAs(top.tcp.counter());
    leaf.tcp.enterMemoryPressure(refused);
    leaf.tcp.enterMemoryPressure(refused);
    assertThat(told).as("once, while it lasts").containsExactly("began in top");
    assertThat(leaf.tcp.pressure().isOn()).isTrue();
    assertThat(top.tcp.pressure().isOn()).isTrue();
  }

  /** A window is 512 refused pages; it begins with the pressure. */
  @Test
  void pressureThatLastsIsToldOnceAWindow() {
    Group top = new Group("top", null, true);
    Group leaf = new Group("leaf", top, true);
    top.tcp.counter().trySetMax(4);
    leaf.tcp.enterMemoryPressure(leaf.tcp.tryCharge(5));
    told.clear();
    leaf.tcp.tryCharge(511);
    assertThat(told).isEmpty();
    leaf.tcp.tryCharge(5);
    leaf.tcp.tryCharge(511);
    assertThat(told).containsExactly("lasts in top");
    leaf.tcp.tryCharge(5);
    assertThat(told).containsExactly("lasts in top", "lasts in top");
  }

  @Test
  void whatIsRefusedIsNotCountedWhileNobodyListens() {
    Group group = new Group("group", null, true);
    group.tcp.counter().trySetMax(4);
    group.tcp.enterMemoryPressure(group.tcp.tryCharge(5));
    told.clear();
    heard = false;
    group.tcp.tryCharge(5_000);
    heard = true;
    group.tcp.tryCharge(5);
    assertThat(told).isEmpty();
  }

  @Test
  void kernelMemoryIsChargedOnlyWhereSocketsArePartOfIt() {
    Group part = new Group("part", null, true);
    assertThat(part.tcp.tryCharge(3)).isNull();
    assertThat(part.kmem.usage()).isEqualTo(3);
    Group apart = new Group("apart", null, false);
    assertThat(apart.tcp.tryCharge(3)).isNull();
    apart.tcp.charge(2);
    assertThat(apart.kmem.usage()).isZero();
    assertThat(apart.tcp.memoryAllocated()).isEqualTo(5);
  }

  @Test
  void whatKernelMemoryRefusesIsTakenBack() {
    Group group = new Group("group", null, true);
    group.kmem.trySetMax(2);
    PageCounter refused = group.tcp.tryCharge(3);
    assertThat(refused).isSameAs(group.kmem);
    assertThat(group.tcp.counter().usage()).isZero();
    group.tcp.enterOwnMemoryPressure(refused);
    assertThat(told).containsExactly("began in group");
  }

  @Test
  void theGroupsThresholdsAreTheMachinesCutToItsLimit() {
    Group group = new Group("group", null, true);
    assertThat(group.tcp.memPages()).isEqualTo(MACHINE);
    assertThat(group.tcp.wasWritten()).isFalse();
    group.tcp.counter().trySetMax(1_500);
    group.tcp.limitChanged();
    assertThat(group.tcp.memPages()).isEqualTo(new TcpMemLimits(1_000, 1_500, 1_500));
    assertThat(group.tcp.wasWritten()).isTrue();
  }
}
