package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.testing.Closing;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** How long a person who drags a slider waits for the curve. */
@MountTest
@Isolated("it measures")
class BrowserDragIT {
  private static final int MOST_MS = 100;

  /** Pixels of the mouse from one place to the next. */
  private static final int STRIDE = 5;

  private static final int STRIDES = 40;

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

  /**
   * Measured from outside of the page's own code: when the slider changed, when a drawing was
   * there.
   */
  private static final String WATCH =
      """
      const page = document.getElementById('what-if');
      const slider = document.getElementById('what-if-limit');
      window.waits = [];
      let since = null;
      let moved = null;
      slider.addEventListener('input', () => {
        since ??= performance.now();
        moved = Number(page.dataset.asked);
      }, true);
      new MutationObserver(() => {
        if (since !== null && Number(page.dataset.drawn) > moved) {
          window.waits.push(performance.now() - since);
          since = null;
        }
      }).observe(page, {attributeFilter: ['data-drawn']});
      """;

  @Test
  void theCurveFollowsTheSlider() {
    browser.open(served.origin() + "/#/what-if");
    browser.find("#what-if[data-drawn]");
    assertThat(browser.text("[data-field=connections] output")).isEqualTo("8");
    assertThat(browser.text("[data-field=seconds] output")).isEqualTo("20 s");
    browser.read(WATCH);
    drag(); // the server's first answers are slower: it compiles
    browser.read("window.waits.length = 0");
    drag();
    List<Double> waits =
        ((List<?>) browser.read("return window.waits"))
            .stream().map(each -> ((Number) each).doubleValue()).sorted().toList();
    assertThat(waits).as("changes that were drawn").hasSizeGreaterThan(STRIDES / 4);
    double median = waits.get(waits.size() / 2);
    System.out.printf(
        "from a drag to its curve, 8 connections, 20 s: median %.0f ms of %d, most %.0f ms%n",
        median, waits.size(), waits.get(waits.size() - 1));
    assertThat(median).as("ms, median of %s", waits).isLessThan(MOST_MS);
    browser.assertClean(served.origin());
  }

  /** There and back, with the button held. */
  private static void drag() {
    WebElement slider = browser.find("#what-if-limit");
    int half = STRIDE * STRIDES / 4;
    Actions hand = browser.mouse().moveToElement(slider, -half, 0).clickAndHold();
    for (int i = 0; i < STRIDES; i++) {
      hand.moveByOffset(i < STRIDES / 2 ? STRIDE : -STRIDE, 0)
          .pause(java.time.Duration.ofMillis(60));
    }
    hand.release().perform();
    browser.await(
        "the last answer",
        () ->
            browser.read(
                """
                const {asked, drawn} = document.getElementById('what-if').dataset;
                return asked === drawn;
                """));
  }
}
