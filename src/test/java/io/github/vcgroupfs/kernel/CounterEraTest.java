package io.github.vcgroupfs.kernel;

import static io.github.vcgroupfs.kernel.CounterEra.PAGE_COUNTER;
import static io.github.vcgroupfs.kernel.CounterEra.RES_COUNTER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** kernel-facts.md, counter eras, and what rounding follows from it. */
class CounterEraTest {
  @Test
  void unlimitedIsShownAsTheEraShowsIt() {
    assertThat(RES_COUNTER.toBytes(RES_COUNTER.unlimited())).isEqualTo(9223372036854775807L);
    assertThat(PAGE_COUNTER.unlimited()).isEqualTo(2251799813685247L);
    assertThat(PAGE_COUNTER.toBytes(PAGE_COUNTER.unlimited())).isEqualTo(9223372036854771712L);
  }

  @Test
  void pagesAndUnitsConvertBothWays() {
    for (CounterEra era : CounterEra.values()) {
      for (long nrPages : new long[] {0, 1, 2, 1000, 1L << 40, (1L << 51) - 1}) {
        assertThat(era.toPages(era.ofPages(nrPages))).isEqualTo(nrPages);
        assertThat(era.toBytes(era.ofPages(nrPages))).isEqualTo(nrPages * 4096);
      }
    }
    assertThat(RES_COUNTER.toPages(4095)).isZero();
    assertThat(RES_COUNTER.toPages(-1L)).as("2^64 - 1 bytes").isEqualTo((1L << 52) - 1);
  }

  @Test
  void morePagesThanBytesCanCountSaturate() {
    assertThat(RES_COUNTER.ofPages(1L << 52)).isEqualTo(-1L);
    assertThat(RES_COUNTER.ofPages(-1L)).isEqualTo(-1L);
    assertThat(RES_COUNTER.ofPages((1L << 52) - 1)).isEqualTo(-4096L);
    assertThat(PAGE_COUNTER.ofPages(-1L)).isEqualTo(-1L);
  }

  @Test
  void pageArithmeticRoundsUp() {
    assertThat(Pages.ofBytesUp(0)).isZero();
    assertThat(Pages.ofBytesUp(1)).isEqualTo(1);
    assertThat(Pages.ofBytesUp(4096)).isEqualTo(1);
    assertThat(Pages.ofBytesUp(4097)).isEqualTo(2);
  }
}
