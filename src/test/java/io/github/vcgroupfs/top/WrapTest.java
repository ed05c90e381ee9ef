package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrapTest {
  @Test
  void linesBreakBetweenWords() {
    assertThat(Wrap.lines("one two three", 7)).containsExactly("one two", "three");
    assertThat(Wrap.lines("", 7)).containsExactly("");
  }

  @Test
  void aWordThatIsTooLongIsCutIntoPieces() {
    assertThat(Wrap.lines("a 1234567890 b", 4)).containsExactly("a", "1234", "5678", "90 b");
    assertThat(Wrap.lines("日本語", 1)).containsExactly("日本語"); // no line can hold it
  }

  @Test
  void theLastOfAFewLinesSaysThatThereIsMore() {
    assertThat(Wrap.lines("one two three four", 7, 2, "~")).containsExactly("one two", "three ~");
  }
}
