package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
  @Test
  void whatATerminalWouldObeyIsEscaped() {
    assertThat(CellText.printable("a\033[2Jb")).isEqualTo("a\\x1b[2Jb");
    assertThat(CellText.printable("a\nb\tc\rd")).isEqualTo("a\\nb\\tc\\x0dd");
    assertThat(CellText.printable("a\u009bm")).isEqualTo("a\\x9bm"); // CSI in one character
  }

  @Test
  void whatChangesItsNeighboursIsEscaped() {
    assertThat(CellText.printable("a\u202eb")).isEqualTo("a\\u{202e}b"); // right to left
    assertThat(CellText.printable("a\u200db")).isEqualTo("a\\u{200d}b"); // a joiner
    assertThat(CellText.printable("\u2764\ufe0f")).isEqualTo("\u2764\\u{fe0f}"); // wider, or not
    assertThat(CellText.printable("\ud83c\udde9")).isEqualTo("\\u{1f1e9}"); // half of a flag
    assertThat(CellText.printable("a\ud800b")).isEqualTo("a\\u{d800}b"); // half of a sign
  }

  @Test
  void accentsNeedALetterAndAreFew() {
    assertThat(CellText.printable("e\u0301")).isEqualTo("e\u0301");
    assertThat(CellText.printable("\u0301e")).isEqualTo("\\u{301}e");
    String tower = CellText.printable("e" + "\u0301".repeat(5));
    assertThat(tower).isEqualTo("e\u0301\u0301\u0301\\u{301}\\u{301}");
  }

  @Test
  void eastAsianSignsTakeTwoCells() {
    assertThat(CellText.width("日本")).isEqualTo(4);
    assertThat(CellText.left("日本", 6, "~")).isEqualTo("日本  ");
    assertThat(CellText.left("日本語", 4, "~")).isEqualTo("日~ "); // half a sign is no sign
    assertThat(CellText.right("日本", 5, "~")).isEqualTo(" 日本");
  }

  @ParameterizedTest
  @CsvSource({"abcdef, 6, abcdef, abcdef", "abcdef, 4, abc~, ~def", "abcdef, 1, ~, ~"})
  void whatIsTooLongIsCut(String text, int cells, String end, String beginning) {
    assertThat(CellText.cut(text, cells, "~")).isEqualTo(end);
    assertThat(CellText.cutBefore(text, cells, "~")).isEqualTo(beginning);
  }

  @Property(tries = 1000, seed = "22")
  void anyTextFillsItsCellsAndNothingElse(@ForAll String any) {
    String printable = CellText.printable(any);
    assertThat(printable.chars().anyMatch(Character::isISOControl)).isFalse();
    assertThat(CellText.width(CellText.left(printable, 12, "~"))).isEqualTo(12);
    assertThat(CellText.width(CellText.cutBefore(printable, 12, "~"))).isLessThanOrEqualTo(12);
    assertThat(CellText.printable(printable)).isEqualTo(printable); // nothing is escaped twice
  }
}
