package io.github.vcgroupfs.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal shows, as HTML. */
class TerminalTextTest {
  private static String html(String text) {
    return TerminalText.html(text.replace('^', '\u001b'))
        .replace("color:#d7dde4;background:#10151b", "usual");
  }

  @Test
  void textIsText() {
    assertThat(html("a <b> & c")).isEqualTo("<span style=\"usual\">a &lt;b> &amp; c</span>");
  }

  @Test
  void coloursHoldUntilTheyAreTakenBack() {
    assertThat(html("^[32;1mgood^[22;39m on"))
        .isEqualTo(
            "<span style=\"color:#5cc27d;background:#10151b;font-weight:bold\">good</span>"
                + "<span style=\"usual\"> on</span>");
    assertThat(html("^[38;5;196mr^[38:2:1:2:3mx^[0m"))
        .contains("color:rgb(255,0,0)", "color:rgb(1,2,3)");
  }

  /** The bar of a selected row: its colour is the ground while ink and ground are swapped. */
  @Test
  void swappedColoursGoBackToSwapped() {
    assertThat(html("^[7ma^[32mb^[39mc^[27md"))
        .isEqualTo(
            "<span style=\"color:#10151b;background:#d7dde4\">a</span>"
                + "<span style=\"color:#10151b;background:#5cc27d\">b</span>"
                + "<span style=\"color:#10151b;background:#d7dde4\">c</span>"
                + "<span style=\"usual\">d</span>");
  }
}
