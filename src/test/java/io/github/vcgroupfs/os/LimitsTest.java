package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void theSoftLimitIsTheFirstNumber() {
    String text =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             7823                 7823                 processes
        Max open files            1024                 524288               files
        """;
    assertThat(Limits.openFiles(text)).isEqualTo(1024);
    assertThat(Limits.openFiles(text.replace("1024  ", "unlimited"))).isEqualTo(Long.MAX_VALUE);
  }
}
