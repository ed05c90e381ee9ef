package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.testing.Closing;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.SharedResources;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page of a server that may not write: what one sees, and what is said when things end. */
@MountTest
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class BrowserViewerIT {
  @TempDir private static Path folder;

  private static MountedFs mounted;
  private static RunningServe served;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    mount();
    served = RunningServe.start(mounted.root(), "--interval", "0.2");
    browser = Browser.start();
  }

  private static void mount() throws IOException, InterruptedException {
    mounted = MountedFs.at(folder.resolve("mnt"));
    mounted.mkdir("db");
    mounted.write("db/memory.limit_in_bytes", "1M");
    mounted.write("db/memory.usage_in_bytes", "300K");
  }

  @AfterAll
  static void end() throws Exception {
    Closing.all(mounted, served, browser);
  }

  @BeforeEach
  void open() {
    browser.size(1280, 900);
    browser.open(served.origin() + "/#/group/db");
    awaitState("live");
  }

  @AfterEach
  void onlyTheServerWasAsked() {
    assertThat(browser.asked()).containsOnly(served.listens());
  }

  private static void awaitState(String state) {
    browser.find("#state[data-state=%s]".formatted(state));
  }

  @Test
  void whoMayNotWriteIsOfferedNothing() throws Exception {
    assertThat(served.link()).doesNotContain("token");
    browser.awaitText(".tile[data-counter=memory] .value", "300 KiB");
    browser.awaitText(".tile[data-counter=memory] .limit", "1 MiB");
    assertThat(browser.text("#where")).contains("read-only");
    for (String control : new String[] {"button.edit", "form", "#commands", "button.remove"}) {
      assertThat(browser.all("#view " + control)).as(control).isEmpty();
    }
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void darkForWhoLikesDark() throws Exception {
    browser.likesDark(false);
    assertThat(brightness(browser.see())).isGreaterThan(200);
    browser.likesDark(true);
    assertThat(brightness(browser.see())).isLessThan(60);
    browser.keep("viewer-dark");
    browser.click("#theme"); // what one chooses counts more than what one likes elsewhere
    assertThat(brightness(browser.see())).isGreaterThan(200);
    browser.likesDark(false);
    browser.click("#theme");
    assertThat(brightness(browser.see())).isLessThan(60);
    browser.click("#theme"); // as the system again
    assertThat(brightness(browser.see())).isGreaterThan(200);
    assertThat(browser.complaints()).isEmpty();
  }

  /** Of all pixels, 0 to 255. */
  private static double brightness(BufferedImage picture) {
    double sum = 0;
    int step = 7; // some of them say it, too
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y += step) {
      for (int x = 0; x < picture.getWidth(); x += step) {
        Color colour = new Color(picture.getRGB(x, y));
        sum += (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3.0;
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void aServerThatEndsIsMissedAndFoundAgain() throws Exception {
    String listens = served.listens();
    served.kill();
    awaitState("gone");
    browser.awaitText("#alarm", "does not answer");
    browser.keep("viewer-no-server");
    served = RunningServe.start(mounted.root(), "--interval", "0.2", "--listen", listens);
    awaitState("live");
    mounted.write("db/memory.usage_in_bytes", "500K");
    browser.awaitText(".tile[data-counter=memory] .value", "500 KiB");
    assertThat(browser.find("#alarm").isDisplayed()).isFalse();
    browser.complaints(); // of the answers that did not come
    mounted.write("db/memory.usage_in_bytes", "300K");
  }

  @Test
  void aMountThatDiesIsMissedAndFoundAgain() throws Exception {
    mounted.kill();
    awaitState("gone");
    browser.awaitText("#alarm", mounted.root().toString());
    browser.keep("viewer-no-mount");
    mounted.close();
    mount();
    awaitState("live");
    browser.awaitText(".tile[data-counter=memory] .value", "300 KiB");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void relaysAreListedWhereThereAreAny() throws Exception {
    browser.awaitText(".tile[data-counter=memory] .value", "300 KiB");
    assertThat(browser.all(".relays[hidden]")).hasSize(1);
    mounted.write("db/sim.tcp.relay", "add files listen=127.0.0.1:0 connect=127.0.0.1:9");
    browser.awaitText("#relays tr[data-name=files]", "127.0.0.1:9");
    browser.read("document.querySelector('.relays').scrollIntoView()");
    browser.keep("viewer-relays");
    mounted.write("db/sim.tcp.relay", "remove files");
    browser.await("none again", () -> browser.all(".relays[hidden]").size() == 1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void numbersOfATileStayOnOneLine() throws Exception {
    browser.size(1200, 900);
    mounted.mkdir("full");
    mounted.write("full/kmem.tcp.limit_in_bytes", "4300K");
    mounted.write("full/sim.tcp.flows", "add f connections=64 chunk=16K send=max read=0");
    browser.open(served.origin() + "/#/group/full");
    browser.find(".tile[data-counter=tcp] .failcnt[data-hit]");
    browser.awaitText(".tile[data-counter=tcp] .most", "MiB");
    Object areOneLine =
        browser.read(
            "return [...document.querySelectorAll('.tile p')].map((line) => {"
                + " const feet = [...line.children].filter((part) => part.textContent)"
                + ".map((part) => part.getBoundingClientRect().bottom);"
                + " return Math.max(...feet) - Math.min(...feet) < 8; })");
    browser.keep("viewer-tiles");
    mounted.rmdir("full");
    assertThat(areOneLine)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(8)
        .containsOnly(true);
  }

  /** Lines that move about one ratio do not make the scale flicker. */
  @Test
  void theAutomaticScaleHasARangeInWhichItStays() {
    Object says =
        browser.read(
            "return import('/assets/scales.js').then(({ asksForLog }) => {"
                + " let isLog = false;"
                + " return [10, 19, 20, 21, 15, 19, 12, 11, 19].map((ratio) => isLog = asksForLog("
                + "[{ values: [1] }, { values: [ratio] }], isLog)); })");
    assertThat(says).isEqualTo(List.of(false, false, false, true, true, true, true, false, false));
  }

  @Test
  void aGroupThatGoesAndComesIsSaid() throws Exception {
    mounted.mkdir("guest");
    browser.open(served.origin() + "/#/group/guest");
    browser.awaitText("#group h2", "/guest");
    mounted.rmdir("guest");
    browser.find("#group[data-gone]");
    browser.awaitText("#group .gone", "/guest");
    mounted.mkdir("guest");
    browser.await("back", () -> browser.all("#group[data-gone]").isEmpty());
    mounted.rmdir("guest");
    assertThat(Files.exists(mounted.path("guest"))).isFalse();
    assertThat(browser.complaints()).isEmpty();
  }
}
