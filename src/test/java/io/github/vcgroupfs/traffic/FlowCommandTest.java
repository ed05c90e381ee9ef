package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCommandTest {

  @Test
  void readsEveryKey() throws Exception {
    FlowSpec spec =
        FlowCommand.parse("add f connections=8 chunk=16K send=10M/s read=0\n")
            .get(0)
            .applyTo(FlowSpec.DEFAULT);
    assertThat(spec.connections()).isEqualTo(8);
    assertThat(spec.transfer().chunk()).isEqualTo(Distribution.fixed(16 << 10));
    assertThat(spec.send().bytesPerSecond()).isEqualTo(10 << 20);
    assertThat(spec.read().isZero()).isTrue();
  }

  @Test
  void takesRatesWithAndWithoutTheUnitAndMax() throws Exception {
    FlowSpec spec = FlowCommand.parse("add f send=max read=512").get(0).applyTo(FlowSpec.DEFAULT);
    assertThat(spec.send().isMax()).isTrue();
    assertThat(spec.read().bytesPerSecond()).isEqualTo(512);
  }

  @Test
  void takesSeveralLinesAndPassesOverBlankOnes() throws Exception {
    assertThat(FlowCommand.parse("\nadd a\n\n  remove a \n")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "add",
        "grow f",
        "add f connections",
        "add f connections=0",
        "add f connections=-1",
        "add f connections=9999999",
        "add f connections=1 connections=2",
        "add f chunk=17M",
        "add f chunk=0",
        "add f send=fast",
        "add f send=10M/m",
        "add f send=max/s",
        "add f colour=blue",
        "add f/g",
        "add \u00e9",
        "remove f now=1",
        "remove f now",
        "set f chunk=99999999999999999999"
      })
  void refusesTheRestAndSaysWhatWouldWork(String text) {
    assertThatThrownBy(() -> FlowCommand.parse(text))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).isEqualTo(Errno.EINVAL);
              assertThat(refusal.why()).contains(": ").doesNotContain("\n");
            });
  }
}
