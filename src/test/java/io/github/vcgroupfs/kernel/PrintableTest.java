package io.github.vcgroupfs.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of others in lines and on terminals. */
class PrintableTest {
  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  @Test
  void aNameCannotEndItsLineOrSpeakToATerminal() {
    assertThat(Printable.escaped("a\nb\033[2Jc\r\t\0\177"))
        .isEqualTo("a\\nb\\x1b[2Jc\\x0d\\x09\\x00\\x7f");
    assertThat(Printable.escaped("\\n")).as("can be told from a newline").isEqualTo("\\\\n");
    assertThat(Printable.masked("a\nb\033c\\")).isEqualTo("a?b?c\\");
  }

  @Test
  void theSecondSetOfControlCharactersIsFoundInUtf8AndAlone() {
    assertThat(Printable.escaped(bytes("\u009b31m"))).isEqualTo("\\xc2\\x9b31m");
    assertThat(Printable.escaped("\u009b31m")).isEqualTo("\\x9b31m");
    assertThat(Printable.escaped("\u00e9\u009b")).as("a cut character").isEqualTo("\u00e9\u009b");
    assertThat(Printable.escaped("a\u00c3")).isEqualTo("a\u00c3");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    for (String each : new String[] {"web", "é ß Ü", "→ … ✓", "日本語", "😀", " ", ""}) {
      assertThat(Printable.escaped(bytes(each))).isEqualTo(bytes(each));
      assertThat(Printable.masked(bytes(each))).isEqualTo(bytes(each));
      assertThat(Printable.escapedCharacters(each, false)).isEqualTo(each);
    }
  }

  @Test
  void messagesOfSeveralLinesMayStaySo() {
    assertThat(Printable.escapedCharacters("a\nb\033c\u009b", true)).isEqualTo("a\nb\\x1bc\\x9b");
    assertThat(Printable.escapedCharacters("a\nb", false)).isEqualTo("a\\nb");
  }
}
