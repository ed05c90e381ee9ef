package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, and that nothing else is one. */
class AssetsTest {
  private final Assets assets = new Assets("/assets/", name -> "page/" + name);

  private static Request get(String path) throws BadRequestException {
    return Request.of("GET", path, Map.of(), new byte[0]);
  }

  @Test
  void theModuleOfThePageIsThere() throws Exception {
    Answer answer = assets.answer(get("/assets/main.js"));
    assertThat(answer.status()).isEqualTo(Answer.OK);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/javascript; charset=utf-8");
    assertThat(answer.text()).contains("import ");
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    String tag = assets.answer(get("/assets/main.js")).headers().get("ETag");
    Answer again =
        assets.answer(
            Request.of(
                "GET", "/assets/main.js", Map.of("If-None-Match", List.of(tag)), new byte[0]));
    assertThat(again.status()).isEqualTo(Answer.NOT_MODIFIED);
    assertThat(again.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../Gate.class",
        "/assets/%2e%2e/Gate.class",
        "/assets/..%2fGate.class",
        "/assets/./main.js",
        "/assets//etc/passwd",
        "/assets/a/../main.js",
        "/assets/..",
        "/assets/",
        "/assets/.hidden.js",
        "/assets/main",
        "/assets/main.class",
        "/assets/nope.js",
        "/assets/main.js%00.png",
      })
  void nothingElseIs(String path) {
    assertThatThrownBy(() -> assets.answer(get(path)))
        .isInstanceOfSatisfying(
            BadRequestException.class, bad -> assertThat(bad.status()).isEqualTo(Answer.NOT_FOUND));
  }

  @Test
  void theLibraryOfTheChartsIsFound() throws Exception {
    Answer answer = new Webjars().answer(get("/webjars/uplot/uPlot.esm.js"));
    assertThat(answer.text()).contains("export { uPlot as default }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/webjars/", "/webjars/uplot", "/webjars/uplot/../x.js", "/webjars/other/a.js"})
  void onlyListedJarsAreOpen(String path) {
    assertThatThrownBy(() -> new Webjars().answer(get(path)))
        .isInstanceOf(BadRequestException.class);
  }
}
