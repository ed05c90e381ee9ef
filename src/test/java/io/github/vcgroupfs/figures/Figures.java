package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.serve.ServedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes all pictures of what one sees: {@code mount-scripts/figures}. */
public final class Figures {
  private static final List<String> NAMES =
      List.of(
          "serve-group.png",
          "serve-group-dark.png",
          "what-if.png",
          "story.png",
          "top.png",
          "top-tcp.png");

  private Figures() {}

  /** Makes them in the folder that is named. */
  public static void main(String[] arguments) throws Exception {
    List<String> faults = make(Path.of(arguments[0]));
    faults.forEach(System.err::println);
    if (!faults.isEmpty()) {
      System.exit(1);
    }
    System.out.println(String.join("\n", NAMES));
  }

  /** Makes them, and says what is wrong with any. */
  static List<String> make(Path folder) throws Exception {
    Files.createDirectories(folder);
    for (String name : NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    try (Busy busy = Busy.start();
        ServedPage served =
            ServedPage.start(busy.mounted().root(), "--write", "--interval", "0.2");
        Browser browser = Browser.start()) {
      PagePictures page = new PagePictures(browser, served, folder);
      page.live(busy);
      page.whatIf();
      page.story();
      try (TopPicture top = TopPicture.start(busy.mounted().root())) {
        top.await("/batch");
        top.draw(browser, folder.resolve("top.png"));
        top.press("t");
        top.await("window");
        top.draw(browser, folder.resolve("top-tcp.png"));
      }
    }
    List<String> faults = new ArrayList<>();
    for (String name : NAMES) {
      faults.addAll(new Figure(folder.resolve(name)).faults());
    }
    return faults;
  }
}
