package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs of a counter in both eras. kernel-facts.md, charges. */
class PageCounterTest {
  private final List<Long> reports = new ArrayList<>();

  private PageCounter counter(CounterEra era, PageCounter parent) {
    return new PageCounter(era, parent, reports::add);
  }

  @ParameterizedTest
  @EnumSource
  void aFreshCounterHoldsNothingAndHasNoLimit(CounterEra era) {
    PageCounter counter = counter(era, null);
    assertThat(counter.usage()).isZero();
    assertThat(counter.watermark()).isZero();
    assertThat(counter.failcnt()).isZero();
    assertThat(counter.max()).isEqualTo(era.unlimited());
    assertThat(counter.isLimited()).isFalse();
    assertThat(counter.parent()).isNull();
    assertThat(counter.era()).isEqualTo(era);
  }

  @ParameterizedTest
  @EnumSource
  void aChargeUpToTheLimitFitsAndOnePageMoreDoesNot(CounterEra era) {
    PageCounter counter = counter(era, null);
    assertThat(counter.trySetMax(era.ofPages(3))).isTrue();
    assertThat(counter.isLimited()).isTrue();
    assertThat(counter.tryCharge(3)).isNull();
    assertThat(counter.usage()).isEqualTo(era.ofPages(3));
    assertThat(counter.failcnt()).isZero();
    assertThat(counter.tryCharge(1)).isSameAs(counter);
    assertThat(counter.usage()).as("nothing stays charged").isEqualTo(era.ofPages(3));
    assertThat(counter.failcnt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aChargeIsOnEveryLevelAndSoIsAnUncharge(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter middle = counter(era, top);
    PageCounter leaf = counter(era, middle);
    PageCounter sibling = counter(era, middle);
    assertThat(leaf.tryCharge(5)).isNull();
    sibling.charge(2);
    assertThat(pages(top, middle, leaf, sibling)).containsExactly(7L, 7L, 5L, 2L);
    leaf.uncharge(4);
    assertThat(pages(top, middle, leaf, sibling)).containsExactly(3L, 3L, 1L, 2L);
    assertThat(top.watermark()).isEqualTo(era.ofPages(7));
    assertThat(reports).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalAtAnAncestorNamesItAndUndoesTheLevelsBelow(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter middle = counter(era, top);
    PageCounter leaf = counter(era, middle);
    middle.trySetMax(era.ofPages(4));
    leaf.charge(1);
    assertThat(leaf.tryCharge(4)).isSameAs(middle);
    assertThat(pages(top, middle, leaf)).containsExactly(1L, 1L, 1L);
    assertThat(middle.failcnt()).as("at the level that refused").isEqualTo(1);
    assertThat(leaf.failcnt()).as("not below").isZero();
    assertThat(top.failcnt()).as("not above").isZero();
    assertThat(top.watermark()).as("ancestors above are untouched").isEqualTo(era.ofPages(1));
    assertThat(middle.watermark()).as("not raised where it was refused").isEqualTo(era.ofPages(1));
  }

  @ParameterizedTest
  @EnumSource
  void theLowestLevelThatRefusesIsTheOneThatCounts(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter leaf = counter(era, top);
    top.trySetMax(0);
    leaf.trySetMax(0);
    assertThat(leaf.tryCharge(1)).isSameAs(leaf);
    assertThat(leaf.failcnt()).isEqualTo(1);
    assertThat(top.failcnt()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aForcedChargeIgnoresLimitsAndFailcnt(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter leaf = counter(era, top);
    top.trySetMax(era.ofPages(1));
    leaf.trySetMax(era.ofPages(1));
    leaf.charge(9);
    assertThat(pages(top, leaf)).containsExactly(9L, 9L);
    assertThat(top.failcnt()).isZero();
    assertThat(leaf.failcnt()).isZero();
    assertThat(leaf.watermark()).as("max_usage above the limit").isEqualTo(era.ofPages(9));
  }

  @ParameterizedTest
  @EnumSource
  void theWatermarkIsTheHighestUsageAndResetsToTheUsageOfNow(CounterEra era) {
    PageCounter counter = counter(era, null);
    counter.charge(6);
    counter.uncharge(4);
    assertThat(counter.watermark()).isEqualTo(era.ofPages(6));
    counter.resetWatermark();
    assertThat(counter.watermark()).as("not 0").isEqualTo(era.ofPages(2));
    counter.charge(1);
    assertThat(counter.watermark()).isEqualTo(era.ofPages(3));
  }

  @ParameterizedTest
  @EnumSource
  void failcntCountsEveryRefusalAndResets(CounterEra era) {
    PageCounter counter = counter(era, null);
    counter.trySetMax(0);
    for (int i = 1; i <= 3; i++) {
      assertThat(counter.tryCharge(1)).isSameAs(counter);
      assertThat(counter.failcnt()).isEqualTo(i);
    }
    counter.records().resetFailcnt();
    assertThat(counter.failcnt()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aLimitBelowUsageIsRefusedAndEqualityIsFine(CounterEra era) {
    PageCounter counter = counter(era, null);
    counter.charge(16);
    assertThat(counter.trySetMax(era.ofPages(15))).isFalse();
    assertThat(counter.max()).as("nothing changed").isEqualTo(era.unlimited());
    assertThat(counter.trySetMax(era.ofPages(16))).isTrue();
    assertThat(counter.max()).isEqualTo(era.ofPages(16));
    assertThat(counter.trySetMax(era.unlimited())).isTrue();
    assertThat(counter.isLimited()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void moreUnchargedThanChargedClampsToZeroAndReportsWhatIsMissing(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter leaf = counter(era, top);
    counter(era, top).charge(10);
    leaf.charge(2);
    leaf.uncharge(5);
    assertThat(pages(top, leaf)).as("the ancestor had enough").containsExactly(7L, 0L);
    assertThat(reports).containsExactly(era.ofPages(3));
    leaf.charge(1);
    assertThat(leaf.usage()).as("goes on to count").isEqualTo(era.ofPages(1));
  }

  @Test
  void bytesNextTo2To64DoNotWrapAround() {
    PageCounter counter = counter(CounterEra.RES_COUNTER, null);
    long most = (1L << 52) - 1; // pages whose bytes still fit 64 bits
    assertThat(counter.trySetMax(-1L)).as("a limit of 2^64 - 1 bytes").isTrue();
    assertThat(counter.tryCharge(most)).isNull();
    assertThat(Long.toUnsignedString(counter.usage())).isEqualTo("18446744073709547520");
    assertThat(counter.tryCharge(1)).as("would wrap to 0").isSameAs(counter);
    assertThat(counter.tryCharge(-1L)).as("2^64 - 1 pages").isSameAs(counter);
    assertThat(counter.failcnt()).isEqualTo(2);
    assertThat(Long.toUnsignedString(counter.usage())).isEqualTo("18446744073709547520");
    counter.uncharge(most);
    assertThat(counter.usage()).isZero();
    assertThat(reports).isEmpty();
  }

  @Test
  void pagesNextTo2To64DoNotWrapAround() {
    PageCounter counter = counter(CounterEra.PAGE_COUNTER, null);
    counter.trySetMax(-1L);
    assertThat(counter.tryCharge(-2L)).isNull();
    assertThat(counter.tryCharge(2)).isSameAs(counter);
    assertThat(counter.usage()).isEqualTo(-2L);
    assertThat(counter.watermark()).as("unsigned maximum").isEqualTo(-2L);
  }

  @Test
  void unsignedValuesCompareUnsigned() {
    PageCounter counter = counter(CounterEra.RES_COUNTER, null);
    long above = Long.MIN_VALUE; // 2^63 bytes: what 9223372036854775807 is rounded up to
    assertThat(counter.trySetMax(above)).isTrue();
    assertThat(counter.tryCharge(1L << 51)).as("2^63 bytes").isNull();
    assertThat(counter.tryCharge(1)).isSameAs(counter);
    assertThat(counter.trySetMax(Long.MAX_VALUE)).as("usage is one byte above").isFalse();
  }

  @Test
  void unlimitedOfTheResCounterEraIsStillALimit() {
    PageCounter counter = counter(CounterEra.RES_COUNTER, null);
    assertThat(counter.tryCharge((1L << 51) - 1)).isNull();
    assertThat(counter.tryCharge(1)).as("2^63 is above RESOURCE_MAX").isSameAs(counter);
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThatThrowsDoesNotStopTheCounter(CounterEra era) {
    PageCounter top = new PageCounter(era, null, new GuardedListener(units -> throwing()));
    PageCounter leaf = new PageCounter(era, top, new GuardedListener(units -> throwing()));
    leaf.uncharge(1);
    leaf.charge(2);
    assertThat(pages(top, leaf)).containsExactly(2L, 2L);
  }

  @Test
  void aBrokenInvariantIsReportedOnce() {
    ModelListener once = new GuardedListener(reports::add);
    PageCounter counter = new PageCounter(CounterEra.PAGE_COUNTER, null, once);
    counter.uncharge(3);
    counter.uncharge(4);
    assertThat(reports).containsExactly(3L);
  }

  private static void throwing() {
    throw new IllegalStateException("a listener's own defect");
  }

  private static List<Long> pages(PageCounter... counters) {
    List<Long> all = new ArrayList<>();
    for (PageCounter counter : counters) {
      all.add(counter.era().toPages(counter.usage()));
    }
    return all;
  }
}
