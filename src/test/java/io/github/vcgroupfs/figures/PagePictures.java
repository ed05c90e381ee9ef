package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.serve.RunningServe;
import java.io.IOException;
import java.nio.file.Path;

/** The page of {@code serve}, view by view. */
final class PagePictures {
  private static final int WIDTH = 1200;

  /** Readings before a group runs into its limit, and after it. */
  private static final int CALM = 20;

  private static final int FLOOD = 40;

  private final Browser browser;
  private final RunningServe served;
  private final Path folder;

  PagePictures(Browser browser, RunningServe served, Path folder) {
    this.browser = browser;
    this.served = served;
    this.folder = folder;
  }

  /** The live view, while a group runs into its limit. */
  void live(Busy busy) throws IOException {
    busy.traffic();
    browser.size(WIDTH, 880);
    browser.likesDark(false);
    browser.open(served.link());
    browser.find("#state[data-state=live]");
    browser.open(served.origin() + "/#/group/web");
    browser.awaitText("#group h2", "/web");
    awaitReadings(CALM);
    busy.flood();
    awaitReadings(CALM + FLOOD);
    busy.refusal();
    browser.find("#journal li[data-refused]");
    browser.keep(folder.resolve("serve-group.png"));
    browser.likesDark(true);
    browser.keep(folder.resolve("serve-group-dark.png"));
    browser.likesDark(false);
    browser.read("document.querySelector('#journal').scrollIntoView({block: 'end'})");
    browser.keep(folder.resolve("serve-traffic.png"));
  }

  /** A chart has to have something to show. */
  private void awaitReadings(int least) {
    browser.await(
        least + " readings",
        () ->
            browser.read(
                "return document.querySelector('.chart')?.chartData?.times?.length >= arguments[0]",
                least));
  }

  /** The page that simulates. */
  void whatIf() throws IOException {
    browser.size(WIDTH, 940);
    browser.open(served.origin() + "/#/what-if");
    browser.find("#what-if[data-drawn]");
    awaitReadings(20);
    browser.keep(folder.resolve("what-if.png"));
  }

  /** The article's example, in one of its steps. */
  void story() throws IOException {
    browser.size(WIDTH, 880);
    browser.open(served.origin() + "/#/story/3");
    browser.find("#story[data-drawn='3']");
    awaitReadings(20);
    browser.keep(folder.resolve("story.png"));
  }
}
