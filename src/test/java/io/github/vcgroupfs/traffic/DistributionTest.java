package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.traffic.tcp.Draws;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
  private static final int COUNT = 200_000;

  private static Distribution of(String text) throws ErrnoException {
    return FlowValue.sizes(1, 16 << 20).parse("chunk", text);
  }

  private static long[] drawn(String text, long seed) throws ErrnoException {
    Distribution distribution = of(text);
    Draws draws = new Draws(seed);
    return LongStream.generate(() -> distribution.draw(draws)).limit(COUNT).sorted().toArray();
  }

  /** The mean of pareto(m, a) is m a / (a - 1). */
  @ParameterizedTest
  @CsvSource({
    "'uniform(1K,3K)', 2048, 2048",
    "exp(16K), 16384, 11357",
    "'lognormal(8K,0.5)', 9283, 8192",
    "'pareto(1K,3)', 1536, 1290",
    "4K, 4096, 4096"
  })
  void meanAndMedianAreTheirs(String text, double mean, double median) throws Exception {
    long[] values = drawn(text, 7);
    assertThat(LongStream.of(values).average().orElseThrow()).isCloseTo(mean, withinPercentage(1));
    assertThat((double) values[COUNT / 2]).isCloseTo(median, withinPercentage(1));
  }

  @Test
  void bothEndsOfAUniformOneAreDrawn() throws Exception {
    long[] values = drawn("uniform(10,12)", 3);
    assertThat(LongStream.of(values).distinct()).containsExactly(10L, 11L, 12L);
  }

  @Test
  void valuesOutsideTheRangeAreCutToIt() throws Exception {
    long[] values = drawn("pareto(1K,0.3)", 3);
    assertThat(values[COUNT - 1]).isEqualTo(16 << 20);
    assertThat(drawn("exp(1)", 3)[0]).isEqualTo(1);
  }

  @Test
  void theSameSeedDrawsTheSame() throws Exception {
    assertThat(drawn("exp(16K)", 7)).isEqualTo(drawn("exp(16K)", 7));
    assertThat(drawn("exp(16K)", 7)).isNotEqualTo(drawn("exp(16K)", 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uniform(1K)",
        "uniform(2K,1K)",
        "exp(1K,2K)",
        "exp(0)",
        "exp()",
        "lognormal(8K,6)",
        "lognormal(8K,x)",
        "pareto(0,1)",
        "pareto(1K,0)",
        "gauss(1K,2K)",
        "fixed(1K,2K)",
        "uniform(1K,17M)",
        "uniform(1K,2K"
      })
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> assertThat(refusal.why()).startsWith("chunk=").contains(": "));
  }
}
