package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1023, 1023",
    "1024, 1K",
    "1536, 1.5K",
    "4096, 4K",
    "262144, 256K",
    "385024, 376K",
    "1048575, 1M", // not 1024K
    "1048576, 1M",
    "10957619, 10M",
    "9223372036854771712, 8E"
  })
  void bytesAreInUnitsOf1024(double bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "99999, 99999", "100000, 100k", "1234567, 1.2m", "999999, 1m"})
  void aCountIsExactUpToFiveDigits(double count, String text) {
    assertThat(Amounts.count(count)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.25, 0.3", "5, 5", "12.4, 12"})
  void whatIsRareHasADigitBehindThePoint(double rate, String text) {
    assertThat(Amounts.rate(rate)).isEqualTo(text);
  }

  @Test
  void everyAmountFitsItsColumn() {
    for (double n = 1; n < Long.MAX_VALUE; n = n * 3 + 1) {
      assertThat(Amounts.bytes(n)).hasSizeLessThanOrEqualTo(5);
      assertThat(Amounts.count(n)).hasSizeLessThanOrEqualTo(5);
    }
  }
}
