package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.serve.RunningServe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes all pictures of what one sees. */
final class Figures {
  private static final List<String> NAMES =
      List.of(
          "serve-group.png",
          "serve-group-dark.png",
          "serve-traffic.png",
          "what-if.png",
          "story.png",
          "top.png",
          "top-tcp.png");

  private Figures() {}

  /** Makes them, of a hierarchy that is mounted on a place, and says what is wrong with any. */
  static List<String> make(Path folder, Path place) throws Exception {
    Files.createDirectories(folder);
    for (String name : NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    try (Busy busy = Busy.start(place);
        RunningServe served = RunningServe.start(place, "--write", "--interval", "0.2");
        Browser browser = Browser.start()) {
      PagePictures page = new PagePictures(browser, served, folder);
      page.live(busy);
      page.whatIf();
      page.story();
      try (TopPicture top = TopPicture.start(place)) {
        top.await("batch");
        top.press("Down", "Down");
        top.await("EBUSY");
        top.draw(browser, folder.resolve("top.png"));
        top.press("v");
        top.await("WINDOW");
        top.awaitGone("    -"); // a rate takes two readings
        top.draw(browser, folder.resolve("top-tcp.png"));
      }
    }
    List<String> faults = new ArrayList<>();
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      FewColours.rewrite(file);
      faults.addAll(new Figure(file).faults());
    }
    return faults;
  }
}
