package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the daemon keeps for itself. */
class DescriptorLimitTest {
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             95966                95966                processes
      Max open files            %s                   1048576              files
      Max locked memory         8388608              8388608              bytes
      """;

  @ParameterizedTest
  @CsvSource({"20, 5", "64, 16", "256, 64", "1024, 64", "1048576, 64"})
  void theLastOnesAreReserved(int most, int reserved) {
    DescriptorLimit limit = DescriptorLimit.parse(LIMITS.formatted(most));
    assertThat(limit).isEqualTo(new DescriptorLimit(most));
    assertThat(limit.reserved()).isEqualTo(reserved);
    assertThat(limit.isReserved(most - reserved - 1)).isFalse();
    assertThat(limit.isReserved(most - reserved)).isTrue();
  }

  @Test
  void withoutALimitNoneIsReserved() {
    for (String text : new String[] {LIMITS.formatted("unlimited"), "", "Max open files"}) {
      assertThat(DescriptorLimit.parse(text).isReserved(1 << 30)).isFalse();
    }
  }

  @Test
  void thisProcessHasOneThatIsNotReached() {
    assertThat(DescriptorLimit.self().most()).isLessThan(Integer.MAX_VALUE);
    assertThat(DescriptorLimit.self().isReached()).isFalse();
    assertThat(new DescriptorLimit(1).isReached()).isTrue();
  }
}
