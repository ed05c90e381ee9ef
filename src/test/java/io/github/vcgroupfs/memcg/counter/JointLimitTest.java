package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * rulings.md, independent limit, at the level of counters: two counters of one group under one
 * limit.
 */
class JointLimitTest {
  private PageCounter memory;
  private PageCounter kmem;

  @BeforeEach
  void reset() {
    memory = null;
    kmem = null;
  }

  private void make(CounterEra era) {
    memory = new PageCounter(era, null, ModelListener.SILENT);
    kmem = new PageCounter(era, null, ModelListener.SILENT);
    share(true);
  }

  private void share(boolean joint) {
    JointLimit limit = joint ? new JointLimit(memory, kmem, false) : null;
    memory.shareLimit(limit);
    kmem.shareLimit(limit);
  }

  @ParameterizedTest
  @EnumSource
  void theSumIsHeldAgainstTheMemoryLimit(CounterEra era) {
    make(era);
    assertThat(memory.trySetMax(era.ofPages(10))).isTrue();
    assertThat(memory.tryCharge(4)).isNull();
    assertThat(kmem.tryCharge(6)).isNull();
    assertThat(kmem.tryCharge(1)).as("the memory limit refuses kernel memory").isSameAs(memory);
    assertThat(memory.tryCharge(1)).isSameAs(memory);
    assertThat(memory.failcnt()).isEqualTo(2);
    assertThat(kmem.failcnt()).isZero();
    assertThat(memory.usage()).isEqualTo(era.ofPages(4));
    assertThat(kmem.usage()).isEqualTo(era.ofPages(6));
  }

  @ParameterizedTest
  @EnumSource
  void theKernelLimitIsKeptButIgnored(CounterEra era) {
    make(era);
    kmem.charge(8);
    assertThat(kmem.trySetMax(era.ofPages(2))).as("below usage: stored").isTrue();
    assertThat(kmem.max()).isEqualTo(era.ofPages(2));
    assertThat(kmem.tryCharge(5)).isNull();
    assertThat(kmem.usage()).isEqualTo(era.ofPages(13));
  }

  @ParameterizedTest
  @EnumSource
  void aMemoryLimitBelowTheSumIsRefused(CounterEra era) {
    make(era);
    memory.charge(3);
    kmem.charge(4);
    assertThat(memory.trySetMax(era.ofPages(6))).isFalse();
    assertThat(memory.trySetMax(era.ofPages(7))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void theWatermarkOfMemoryIsTheHighestSum(CounterEra era) {
    make(era);
    assertThat(memory.tryCharge(3)).isNull();
    assertThat(kmem.tryCharge(4)).isNull();
    kmem.charge(1);
    assertThat(memory.watermark()).isEqualTo(era.ofPages(8));
    assertThat(kmem.watermark()).isEqualTo(era.ofPages(5));
    kmem.uncharge(5);
    memory.resetWatermark();
    assertThat(memory.watermark()).isEqualTo(era.ofPages(3));
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedChargeLeavesTheWatermarkAtTheLimitOrBelow(CounterEra era) {
    make(era);
    memory.trySetMax(era.ofPages(5));
    assertThat(kmem.tryCharge(5)).isNull();
    assertThat(memory.tryCharge(3)).isSameAs(memory);
    assertThat(memory.watermark()).isEqualTo(era.ofPages(5));
  }

  @ParameterizedTest
  @EnumSource
  void afterAFlipTheNextChargeSeesIt(CounterEra era) {
    make(era);
    memory.trySetMax(era.ofPages(10));
    kmem.charge(9);
    share(false);
    assertThat(memory.tryCharge(10)).as("flag 1: kernel memory is no part of it").isNull();
    kmem.trySetMax(era.ofPages(9));
    assertThat(kmem.tryCharge(1)).as("flag 1: the kernel limit is enforced").isSameAs(kmem);
    assertThat(kmem.failcnt()).isEqualTo(1);
    share(true);
    assertThat(kmem.tryCharge(1)).as("flag 0: the sum of 19 is above 10").isSameAs(memory);
    memory.uncharge(10);
    assertThat(kmem.tryCharge(1)).as("flag 0: 9 + 1 fits 10").isNull();
  }

  @ParameterizedTest
  @EnumSource
  void eachLevelSharesOrPartsItsOwnLimits(CounterEra era) {
    PageCounter topMemory = new PageCounter(era, null, ModelListener.SILENT);
    PageCounter topKmem = new PageCounter(era, null, ModelListener.SILENT);
    memory = new PageCounter(era, topMemory, ModelListener.SILENT);
    kmem = new PageCounter(era, topKmem, ModelListener.SILENT);
    share(false); // the leaf is independent, the top is not
    JointLimit above = new JointLimit(topMemory, topKmem, false);
    topMemory.shareLimit(above);
    topKmem.shareLimit(above);
    topMemory.trySetMax(era.ofPages(10));
    memory.trySetMax(era.ofPages(8));
    assertThat(memory.tryCharge(8)).isNull();
    assertThat(kmem.tryCharge(3)).as("8 + 3 is above the top's 10").isSameAs(topMemory);
    assertThat(kmem.usage()).as("undone below").isZero();
    assertThat(kmem.tryCharge(2)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aSumThatDoesNotFit64BitsIsRefusedNotWrapped(CounterEra era) {
    make(era);
    memory.trySetMax(-2L);
    long half = era.toPages(Long.MIN_VALUE); // 2^63 units
    assertThat(memory.tryCharge(half)).isNull();
    assertThat(kmem.tryCharge(half)).as("2^64 units are above 2^64 - 2").isSameAs(memory);
    assertThat(kmem.usage()).isZero();
    assertThat(memory.tryCharge(half)).as("the counter itself would wrap").isSameAs(memory);
    assertThat(memory.failcnt()).isEqualTo(2);
  }
}
