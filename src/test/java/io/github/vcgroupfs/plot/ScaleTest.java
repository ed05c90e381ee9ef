package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values are on an axis, and which of them have a mark. */
class ScaleTest {
  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;

  private static Scale bytes(double highest, double... usual) {
    return Scale.of(Unit.BYTES, highest, java.util.Arrays.stream(usual).boxed().toList(), 150);
  }

  @Test
  void whatWouldBeAFlatLineIsSeenByTheLogarithm() {
    Scale article = bytes(64 * MIB, 256 * KIB, 64 * MIB);
    assertThat(article.isLogarithmic()).isTrue();
    assertThat(article.at(256 * KIB)).as("of the height").isBetween(0.15, 0.6);
    assertThat(article.at(512 * KIB) - article.at(256 * KIB)).isGreaterThan(0.05);
    assertThat(bytes(MIB, 256 * KIB, MIB).isLogarithmic()).as("a quarter can be seen").isFalse();
    assertThat(bytes(64 * MIB, 0).isLogarithmic()).as("nothing to be seen").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1048576, 900000", "67108864, 262144", "1, 0", "0, 0", "9e18, 4096"})
  void valuesKeepTheirOrderBetweenBottomAndTop(double highest, double usual) {
    Scale scale = bytes(highest, usual);
    assertThat(scale.at(0)).isZero();
    double last = 0;
    for (int i = 1; i <= 1000; i++) {
      double at = scale.at(highest * i / 1000);
      assertThat(at).isBetween(last, 1.0);
      last = at;
    }
    assertThat(scale.at(highest)).as("a little is free above").isLessThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, 900000, 150",
    "67108864, 262144, 150",
    "9e18, 4096, 150",
    "5e8, 4e8, 40",
    "67108864, 262144, 64",
    "3, 2, 40"
  })
  void marksAreFewAndHaveRoom(double highest, double usual, double height) {
    Scale scale = Scale.of(Unit.BYTES, highest, List.of(usual), height);
    List<Double> ticks = scale.ticks();
    assertThat(ticks).hasSizeBetween(2, 7);
    assertThat(ticks.get(0)).isZero();
    for (int i = 1; i < ticks.size(); i++) {
      double pixels = height * (scale.at(ticks.get(i)) - scale.at(ticks.get(i - 1)));
      assertThat(pixels).as("from %s", scale.unit().text(ticks.get(i))).isGreaterThan(12);
    }
  }

  @Test
  void marksAreRoundNumbers() {
    assertThat(bytes(MIB, MIB).ticks().stream().map(Unit.BYTES::text))
        .containsExactly("0", "256 KiB", "512 KiB", "768 KiB", "1 MiB");
    assertThat(bytes(64 * MIB, 256 * KIB).ticks().stream().map(Unit.BYTES::text))
        .contains("0", "64 KiB")
        .allMatch(text -> text.matches("0|(1|2|4|8|16|32|64|128|256|512) [KM]iB"));
    Scale counts = Scale.of(Unit.COUNT, 47, List.of(40.0), 40);
    assertThat(counts.ticks()).containsExactly(0.0, 20.0, 40.0);
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.3", "0.5", "0.9", "1", "1.2", "1.9", "2", "3", "7", "47", "999", "1e6"})
  void whatIsRarerThanOnceASecondHasAMarkToo(double highest) {
    for (double height : new double[] {40, 64}) {
      List<Double> ticks = Scale.of(Unit.COUNT, highest, List.of(highest), height).ticks();
      assertThat(ticks).hasSizeBetween(2, 4);
      List<String> texts = ticks.stream().map(Unit.COUNT::text).toList();
      assertThat(texts).startsWith("0").doesNotHaveDuplicates();
    }
    assertThat(Unit.COUNT.text(0.2)).isEqualTo("0.2");
    assertThat(Unit.COUNT.number(0.2)).isEqualTo("0.2");
    assertThat(Unit.COUNT.number(40)).isEqualTo("40");
  }
}
