package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.serve.ServedPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The page of {@code serve}, view by view. */
final class PagePictures {
  private static final int WIDTH = 1200;
  private static final int CALM_SECONDS = 6;
  private static final int FLOOD_SECONDS = 10;

  private final Browser browser;
  private final ServedPage served;
  private final Path folder;

  PagePictures(Browser browser, ServedPage served, Path folder) {
    this.browser = browser;
    this.served = served;
    this.folder = folder;
  }

  /** The live view, while a group runs into its limit. */
  void live(Busy busy) throws IOException, InterruptedException {
    browser.size(WIDTH, 900);
    browser.likesDark(false);
    browser.open(served.link());
    browser.find("#state[data-state=live]");
    browser.open(served.origin() + "/#/group/web");
    browser.awaitText("#group h2", "/web");
    busy.traffic();
    TimeUnit.SECONDS.sleep(CALM_SECONDS); // a chart has to have something to show
    busy.flood();
    TimeUnit.SECONDS.sleep(FLOOD_SECONDS);
    busy.refusal();
    browser.find("#journal li[data-refused]");
    browser.keep(folder.resolve("serve-group.png"));
    browser.likesDark(true);
    browser.keep(folder.resolve("serve-group-dark.png"));
    browser.likesDark(false);
  }

  /** The page that simulates. */
  void whatIf() throws IOException {
    browser.size(WIDTH, 900);
    browser.open(served.origin() + "/#/what-if");
    browser.await(
        "a drawn answer",
        () ->
            browser.read("return document.querySelector('.chart')?.chartData?.times?.length > 10"));
    browser.keep(folder.resolve("what-if.png"));
  }

  /** The article's example, step by step. */
  void story() throws IOException {
    browser.open(served.origin() + "/#/story/3");
    browser.await(
        "a drawn answer",
        () ->
            browser.read("return document.querySelector('.chart')?.chartData?.times?.length > 10"));
    browser.keep(folder.resolve("story.png"));
  }
}
