package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves who asks. */
class TokenTest {
  @Test
  void twoAreNeverTheSame() {
    Token one = Token.random();
    Token other = Token.random();
    assertThat(one.text()).hasSize(32).isNotEqualTo(other.text());
    assertThat(one.matches(one.text())).isTrue();
    assertThat(one.matches(other.text())).isFalse();
    assertThat(one.matches("")).isFalse();
    assertThat(one.cookie()).isNotEqualTo(one.text()).isNotEqualTo(other.cookie());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "fifteen-letters", "with spaces in between", "mit-ümläuten-darin"})
  void whatCanBeGuessedOrSentWrongIsRefused(String text) {
    assertThatThrownBy(() -> Token.of(text))
        .isInstanceOf(ServeException.class)
        .hasMessageContaining("16 to 256 characters");
  }
}
