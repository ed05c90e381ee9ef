package io.github.vcgroupfs.columns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTextProperties {
  private static final int NAMES = 20_000;

  /** Any bytes but for NUL, most of them such as begin or go on with a character of UTF-8. */
  private static String name(SplittableRandom random) {
    int[] leads = {0xc2, 0xc3, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0x5c, 0x78, 0x0a, 0x7f};
    StringBuilder bytes = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      int kind = random.nextInt(4);
      bytes.append(
          (char)
              (kind == 0
                  ? leads[random.nextInt(leads.length)]
                  : kind == 1 ? random.nextInt(0x80, 0xc0) : random.nextInt(1, 0x100)));
    }
    return bytes.toString();
  }

  @Test
  void anyBytesComeBack() throws Exception {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < NAMES; i++) {
      String bytes = name(random);
      String text = PathText.text(bytes);
      assertThat(PathText.bytes(text)).as("%s", text).isEqualTo(bytes);
      assertThat(text.chars().noneMatch(Character::isISOControl)).as("%s", text).isTrue();
      byte[] written = PathText.escaped(bytes).getBytes(ISO_8859_1);
      String decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(written)).toString(); // or throws
      assertThat(decoded).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "web, web",
    "a b, a b",
    "'a\tb', a\\x09b",
    "'a\nb', a\\x0ab",
    "a\\b, a\\x5cb",
    "ünï, ünï",
    "'\u0085', \\xc2\\x85"
  })
  void whatPeopleSee(String name, String shown) {
    assertThat(PathText.text(new String(name.getBytes(UTF_8), ISO_8859_1))).isEqualTo(shown);
  }

  @Test
  void whatIsNoEscapeStandsForItself() {
    assertThat(PathText.bytes("a\\q\\x4\\xzz")).isEqualTo("a\\q\\x4\\xzz");
  }
}
