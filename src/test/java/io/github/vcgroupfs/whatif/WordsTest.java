package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "262144, 256 KiB",
    "1048576, 1 MiB",
    "1500000, 1.43 MiB",
    "104857600, 100 MiB",
    "9223372036854775807, 8 EiB"
  })
  void bytesHaveThreeDigits(long bytes, String said) {
    assertThat(Words.bytes(bytes)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "0.06, 0.06 ms",
    "5.01, 5 ms",
    "40.1, 40 ms",
    "570.4, 570 ms",
    "1234, 1.23 s",
    "20000, 20 s"
  })
  void timesHaveThreeDigits(double ms, String said) {
    assertThat(Words.time(ms)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0 sends", "1|1 send", "2200|2,200 sends"})
  void oneIsNotMany(long count, String said) {
    assertThat(Words.count(count, "send")).isEqualTo(said);
  }
}
