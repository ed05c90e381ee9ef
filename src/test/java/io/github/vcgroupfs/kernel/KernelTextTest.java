package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelTextTest {
  @Test
  void textEndsAtTheFirstNul() {
    assertThat(KernelText.of(LimitParserTest.bytes("4096\0garbage\0more"))).isEqualTo("4096");
    assertThat(KernelText.of(LimitParserTest.bytes("\0anything"))).isEmpty();
    assertThat(KernelText.of(LimitParserTest.bytes("4096"))).isEqualTo("4096");
    assertThat(KernelText.of(new byte[0])).isEmpty();
  }

  @Test
  void everyByteIsOneChar() {
    byte[] all = new byte[255];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i + 1);
    }
    String text = KernelText.of(all);
    assertThat(text).hasSize(255);
    assertThat(LimitParserTest.bytes(text)).isEqualTo(all);
  }

  @Test
  void exactlyTheKernelsBlanksAreStrippedAtBothEnds() {
    for (char c = 0; c <= 0xff; c++) {
      boolean blank = " \t\n\u000b\f\r\u00a0".indexOf(c) >= 0; // lib/ctype.c _S, 0xa0 included
      assertThat(KernelText.strip(c + "a" + c))
          .as("character 0x%02x", (int) c)
          .isEqualTo(blank ? "a" : c + "a" + c);
    }
    assertThat(KernelText.strip(" \t a \n b \r\n")).isEqualTo("a \n b");
    assertThat(KernelText.strip(" \n ")).isEmpty();
  }
}
