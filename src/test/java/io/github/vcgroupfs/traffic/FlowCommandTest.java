package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  /** Every value can be written as it is shown. */
  @ParameterizedTest
  @EnumSource(FlowKey.class)
  void whatIsShownCanBeWritten(FlowKey key) throws Exception {
    String text =
        "add f connections=2 chunk=uniform(1K,2K) send=1M/s read=0 rtt=20ms peer=outside bytes=1M"
            + " jitter=1500us loss=0.25% rcvbuf=64K sndbuf=0 nodelay=1 notsent_lowat=16K"
            + " reserve=8K";
    FlowSpec spec = FlowCommand.parse(text).get(0).applyTo(FlowSpec.DEFAULT);
    for (FlowSpec each : new FlowSpec[] {spec, FlowSpec.DEFAULT}) {
      assertThat(key.text(key.set(FlowSpec.DEFAULT, key.text(each)))).isEqualTo(key.text(each));
    }
  }

  @ParameterizedTest
  @EnumSource(FlowKey.class)
  void thePageSaysWhatAKeyIs(FlowKey key) throws Exception {
    String page = Files.readString(Path.of("src/site/markdown/files.md"));
    String flows = page.substring(page.indexOf("## Flows"), page.indexOf("## All groups at once"));
    assertThat(flows.lines().filter(line -> line.startsWith("| `")))
        .anyMatch(line -> line.split("\\|", -1)[1].contains("`" + key.key() + "`"));
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
        "add f loss=1",
        "add f loss=101%",
        "add f loss=-1%",
        "add f jitter=5",
        "add f rcvbuf=big",
        "add f sndbuf=2G",
        "add f nodelay=yes",
        "add f notsent_lowat=0",
        "add f reserve=none",
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
