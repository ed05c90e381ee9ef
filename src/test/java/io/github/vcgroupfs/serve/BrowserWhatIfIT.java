package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.testing.Closing;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page that simulates, and the story, in a real browser. */
@MountTest
class BrowserWhatIfIT {
  private static final int STEPS_OF_THE_STORY = 6;

  private static MountedFs mounted;
  private static RunningServe served;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    mounted = MountedFs.start();
    served = RunningServe.start(mounted.root());
    browser = Browser.start();
  }

  @AfterAll
  static void end() throws Exception {
    Closing.all(mounted, served, browser);
  }

  @BeforeEach
  void size() {
    browser.size(1280, 1000);
  }

  @AfterEach
  void nothingWasAmiss() {
    browser.assertClean(served.origin());
  }

  private static void open(String hash) {
    browser.open("about:blank"); // else only what follows # would change
    browser.open(served.origin() + "/" + hash);
  }

  private static void openWhatIf(String hash) {
    open(hash);
    awaitDrawn();
  }

  /** The newest question is answered, to its end, and drawn. */
  private static void awaitDrawn() {
    browser.await(
        "the answer to the last change",
        () ->
            browser.read(
                """
                const {asked, drawn} = document.getElementById('what-if')?.dataset ?? {};
                return Number(asked) > 0 && asked === drawn;
                """));
  }

  @Test
  void aSliderChangesTheCurve() throws Exception {
    openWhatIf("#/what-if");
    List<Double> before = line("usage");
    String limitBefore = browser.text("[data-field=limit] output");
    double limit = last(line("limit"));
    assertThat(before).hasSizeGreaterThan(20);
    assertThat(most(before)).as("usage reaches the limit").isGreaterThanOrEqualTo(limit);
    browser.keep("what-if-before");

    browser.click("#what-if-limit");
    browser.press(Keys.HOME);
    for (int i = 0; i < 16; i++) {
      browser.press(Keys.ARROW_RIGHT);
    }
    awaitDrawn();
    assertThat(browser.text("[data-field=limit] output")).isNotEqualTo(limitBefore);
    double lower = last(line("limit"));
    assertThat(lower).isLessThan(limit / 4);
    List<Double> after = line("usage");
    assertThat(most(after)).isGreaterThanOrEqualTo(lower).isLessThan(most(before) / 2);
    browser.keep("what-if-after");
    ChartPicture picture = ChartPicture.of(browser, "memory");
    assertThat(picture.rowsOf("usage")[0])
        .as("the top of usage meets the limit, as one sees")
        .isLessThanOrEqualTo(picture.levelOf("limit"));
  }

  @Test
  void aLinkHoldsTheScenario() {
    openWhatIf("#/what-if?limit=1M&connections=4&send=300K/s");
    assertThat(browser.text("[data-field=limit] output")).isEqualTo("1 MiB");
    assertThat(browser.text("[data-field=connections] output")).isEqualTo("4");
    browser.click("#what-if-rtt");
    browser.press(
        Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    awaitDrawn();
    String trip = browser.text("[data-field=rtt] output");
    browser.await("the link", () -> browser.address().contains("rtt="));
    String link = browser.address();
    assertThat(link).contains("limit=1M", "connections=4", "send=300K/s");
    List<Double> drawn = awaitWhole();
    openWhatIf(link.substring(link.indexOf('#')));
    assertThat(browser.text("[data-field=rtt] output")).isEqualTo(trip);
    assertThat(browser.text("[data-field=limit] output")).isEqualTo("1 MiB");
    assertThat(awaitWhole()).isEqualTo(drawn);
  }

  /** While one drags, an answer may be the beginning only. */
  private static List<Double> awaitWhole() {
    browser.await(
        "all of it",
        () ->
            Boolean.TRUE.equals(
                browser.read(
                    """
                    const times = document.querySelector('.chart[data-chart=memory]').chartData.times;
                    return times[times.length - 1] >= 19.5;
                    """)));
    return line("usage");
  }

  @Test
  void twoKernelsSideBySide() throws Exception {
    openWhatIf("#/what-if?kind=fill&other=linux-6.18&limit=1M");
    browser.await("two answers", () -> browser.all(".kernel[data-profile]").size() == 2);
    browser.find(".kernel[data-profile='linux-6.18'] .chart[data-chart=memory]");
    browser.await(
        "both drawn",
        () ->
            !browser.text(".kernel[data-profile='lwn-2011'] .sentence").isEmpty()
                && !browser.text(".kernel[data-profile='linux-6.18'] .sentence").isEmpty());
    assertThat(browser.text(".kernel[data-profile='lwn-2011'] [data-fact=highest]"))
        .isNotEqualTo(browser.text(".kernel[data-profile='linux-6.18'] [data-fact=highest]"));
    browser.keep("what-if-two-kernels");
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void theLineGivesTheSameAtAPrompt(@TempDir Path folder) throws Exception {
    browser.allowClipboard(served.origin());
    openWhatIf("#/what-if?kind=fill&limit=1M&seconds=5");
    browser.click("#copy-line");
    browser.awaitText("#copied", "is copied");
    Path line = Files.writeString(folder.resolve("scenario.jsonl"), browser.clipboard() + "\n");
    Program.Ended simulated =
        Program.run("simulate", "--profile", "lwn-2011", "--seed", "0", line.toString());
    assertThat(simulated.status()).as(simulated.err()).isZero();
    Map<String, Object> answer = JSON.std.mapFrom(simulated.out());
    assertThat(((Number) answer.get("max_usage")).doubleValue()).isEqualTo(most(line("usage")));
  }

  @Test
  void theStoryInSixSteps() throws Exception {
    open("#/story/1");
    for (int step = 1; step <= STEPS_OF_THE_STORY; step++) {
      browser.find("#story[data-step='%d'][data-drawn='%d']".formatted(step, step));
      assertThat(browser.text("#story h1")).as("step %d", step).isNotBlank();
      assertThat(browser.text("#story-commands")).contains(mounted.root().toString());
      assertThat(
              browser.read(
                  "return [...document.querySelectorAll('#story .chart')]"
                      + ".every((chart) => chart.chartData.times.length > 10)"))
          .as("step %d is drawn", step)
          .isEqualTo(true);
      assertThat(browser.all("#story .chart")).isNotEmpty();
      browser.keep("story-" + step);
      if (step < STEPS_OF_THE_STORY) {
        browser.click("a[data-go=next]");
      }
    }
    assertThat(browser.all("a[data-go=next]")).isEmpty();
    assertThat(browser.barriers()).isEmpty();
    browser.press(Keys.ARROW_LEFT);
    browser.find("#story[data-step='5']");
  }

  private static List<Double> line(String name) {
    List<?> values =
        (List<?>)
            browser.read(
                "return document.querySelector('.chart[data-chart=memory]').chartData.lines["
                    + "arguments[0]]",
                name);
    return values.stream()
        .map(value -> value == null ? null : ((Number) value).doubleValue())
        .toList();
  }

  private static double most(List<Double> values) {
    return values.stream().filter(Objects::nonNull).mapToDouble(each -> each).max().orElseThrow();
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }
}
