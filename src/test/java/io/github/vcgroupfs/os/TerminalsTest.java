package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalsTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/pts/1234, true",
    "/dev/tty, true",
    "/dev/tty1, true",
    "/dev/ttyS0, true",
    "/dev/console, true",
    "/dev/hvc0, true",
    "/dev/null, false",
    "/dev/pts/ptmx, false",
    "/tmp/dev/tty, false",
    "pipe:[1234], false",
    "socket:[1234], false",
  })
  void theLinkOfAnOpenFileSaysWhetherItIsATerminal(String link, boolean terminal) {
    assertThat(Terminals.isName(link)).isEqualTo(terminal);
  }

  @Test
  void whatIsNotOpenIsNone() {
    assertThat(Terminals.isTerminal(1_000_000)).isFalse();
  }
}
