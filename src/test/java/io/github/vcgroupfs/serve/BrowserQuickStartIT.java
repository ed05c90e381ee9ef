package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.testing.Closing;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What README does at a prompt, done on the page: with mouse and keys, in a real browser. */
@MountTest
class BrowserQuickStartIT {
  private static final String AT_REST = "385024\n";
  private static final String TCP = ".tile[data-counter=tcp] ";
  private static final int LIMIT = 256 * 1024;

  private static MountedFs mounted;
  private static RunningServe served;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    mounted = MountedFs.start();
    served = RunningServe.start(mounted.root(), "--write", "--interval", "0.2");
    browser = Browser.start();
  }

  @AfterAll
  static void end() throws Exception {
    Closing.all(mounted, served, browser);
  }

  @BeforeEach
  void open() {
    browser.size(1280, 1400);
    browser.likesDark(false);
    browser.open(served.link());
    browser.await("live", () -> browser.find("#state[data-state=live]").isDisplayed());
  }

  @AfterEach
  void nothingWasAmiss() {
    browser.assertClean(served.origin());
  }

  @Test
  void theLinkIsShownWithoutItsToken() {
    assertThat(served.link()).contains("token=");
    assertThat(browser.address()).doesNotContain("token").startsWith(served.origin() + "/");
    assertThat(browser.text("#where")).contains(mounted.root().toString(), "lwn-2011");
  }

  @Test
  void theQuickStart() throws Exception {
    String directory = mounted.root().toString();

    browser.type("#make-group input", "web");
    assertThat(browser.text("#make-group .echo")).isEqualTo("mkdir " + directory + "/web");
    browser.press(Keys.ENTER);
    browser.awaitText("#group[data-group='/web'] h2", "/web");
    assertThat(mounted.path("web")).isDirectory();

    browser.click(TCP + "button.edit");
    browser.type(TCP + "input", "256K");
    assertThat(browser.text(TCP + ".echo"))
        .isEqualTo("echo 256K > " + directory + "/web/memory.kmem.tcp.limit_in_bytes");
    browser.press(Keys.ENTER);
    browser.awaitText(TCP + ".limit", "256 KiB");
    assertThat(mounted.read("web/kmem.tcp.limit_in_bytes")).isEqualTo(LIMIT + "\n");

    browser.find(TCP + ".pick[aria-pressed=true]"); // the first chart is about what was edited
    browser.awaitText(".chart[data-chart=memory] h3", "TCP memory");

    addFlow();
    assertThat(mounted.read("web/sim.tcp.flows")).contains("f ");
    awaitUsage(LIMIT);
    // in 40 runs of 40 it ended there, mostly after a moment at 16 KiB more
    browser.await("usage comes to rest", () -> usage().equals(AT_REST));
    browser.await(
        "pressure in the tree",
        () -> browser.find("#tree [data-group='/web'][data-pressure='1']").isDisplayed());
    browser.await("sockets", () -> browser.all("#sockets tbody tr").size() == 16);

    theChartShowsThatTheLimitIsReached();

    browser.click(TCP + "button.edit");
    browser.type(TCP + "input", "64K");
    browser.press(Keys.ENTER);
    browser.awaitText(TCP + ".answer", "EBUSY");
    String sentence = "kmem.tcp usage of /web is 385024 bytes, above the new limit of 65536";
    assertThat(browser.text(TCP + ".answer")).contains(sentence);
    browser.awaitText("#journal li[data-refused] .why", sentence);
    browser.awaitText("#announcer", sentence);
    browser.keep("quick-start-refused");
    browser.press(Keys.ESCAPE);

    browser.click("#flows tr[data-name=f] button.remove");
    browser.awaitText(TCP + ".value", "0");
    browser.await("no usage", () -> Objects.equals(last("usage"), 0.0));
    assertThat(mounted.read("web/kmem.tcp.usage_in_bytes")).isEqualTo("0\n");

    browser.click("#remove-group button");
    browser.await("no group", () -> browser.all("#tree [data-group='/web']").isEmpty());
    assertThat(Files.exists(mounted.path("web"))).isFalse();
    assertThat(browser.all("#commands li").stream().map(each -> each.getAttribute("data-ok")))
        .containsExactly("true", "true", "false", "true", "true", "true");
  }

  private static void addFlow() {
    browser.click("details.more summary");
    browser.type("#add-flow input[name=name]", "f");
    browser.type("#add-flow input[name=connections]", "8");
    browser.type("#add-flow input[name=chunk]", "16K");
    browser.type("#add-flow input[name=send]", "max");
    browser.type("#add-flow input[name=read]", "0");
    assertThat(browser.text("#add-flow .echo"))
        .isEqualTo(
            "echo 'add f connections=8 chunk=16K send=max read=0' > %s/web/sim.tcp.flows"
                .formatted(mounted.root()));
    browser.press(Keys.ENTER);
    browser.find("#flows tr[data-name=f]");
  }

  /** First by the data that the chart draws, then by what one sees. */
  private static void theChartShowsThatTheLimitIsReached() throws Exception {
    browser.await("a limit in the chart", () -> Objects.equals(last("limit"), (double) LIMIT));
    browser.await("five readings at the limit", () -> readingsAbove(LIMIT) >= 5);
    List<Double> usage = line("usage").stream().filter(Objects::nonNull).toList();
    assertThat(usage).as("it stops a little above").allMatch(value -> value < 1.6 * LIMIT);
    assertThat(usage.get(0)).as("it began below").isLessThan(LIMIT);

    browser.keep("quick-start-limit-reached");
    ChartPicture picture = ChartPicture.of(browser, "memory");
    int limit = picture.levelOf("limit");
    int[] rows = picture.rowsOf("usage");
    assertThat(limit).as("the limit is well above the foot").isLessThan(picture.height() / 2);
    assertThat(rows).as("the line of usage").isNotEmpty();
    int highest = rows[0];
    int lowest = rows[rows.length - 1];
    assertThat(highest).as("the top of usage meets the limit").isLessThanOrEqualTo(limit);
    assertThat(lowest).as("usage came from below it").isGreaterThan(limit + 10);
  }

  @Test
  void keysAlone() throws Exception {
    mounted.mkdir("one");
    mounted.mkdir("one/below");
    mounted.mkdir("two");
    try {
      browser.await("all groups", () -> browser.all("#tree [role=treeitem]").size() == 4);
      tabTo("#tree [role=treeitem]");
      assertThat(browser.focused().getAttribute("data-group")).isEqualTo("/");
      browser.press(Keys.ARROW_DOWN);
      assertThat(browser.focused().getAttribute("data-group")).isEqualTo("/one");
      browser.press(Keys.ARROW_LEFT);
      browser.await("folded", () -> browser.all("#tree [data-group='/one/below']").isEmpty());
      browser.press(Keys.ARROW_RIGHT);
      browser.find("#tree [data-group='/one/below']");
      browser.press(Keys.ARROW_RIGHT);
      assertThat(browser.focused().getAttribute("data-group")).isEqualTo("/one/below");
      browser.press(Keys.ENTER);
      browser.awaitText("#group[data-group='/one/below'] h2", "/one/below");
      tabTo(TCP + "button.edit");
      browser.press(Keys.ENTER, "128K", Keys.ENTER);
      browser.awaitText(TCP + ".limit", "128 KiB");
      assertThat(mounted.read("one/below/kmem.tcp.limit_in_bytes")).isEqualTo("131072\n");
    } finally {
      for (String group : List.of("one/below", "one", "two")) {
        mounted.rmdir(group);
      }
    }
  }

  /** A person without a mouse goes from one thing to the next. */
  private static void tabTo(String selector) {
    for (int i = 0; i < 100; i++) {
      browser.press(Keys.TAB);
      WebElement there = browser.focused();
      Object is = browser.read("return arguments[0].matches(arguments[1])", there, selector);
      if (Boolean.TRUE.equals(is)) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + selector);
  }

  @Test
  void namesAreText() throws Exception {
    List<String> names =
        List.of(
            "<img src=x onerror=alert(1)>",
            "'\"><script>throw 1<%2fscript>",
            "a b&amp;c#d?e%41",
            "$(echo hi);`x`",
            "-rf",
            "gr\u00fcn\u202eok");
    for (String name : names) {
      mounted.mkdir(name);
    }
    try {
      for (String name : names) {
        String selector = "#tree [data-group=\"%s\"]".formatted(escaped("/" + name));
        browser.click(selector);
        browser.awaitText("#group h2", "/" + name);
        assertThat(browser.text(selector + " .name")).isEqualTo(name);
        browser.click("#remove-group button");
        browser.await("gone", () -> browser.all(selector).isEmpty());
        assertThat(Files.exists(mounted.path(name))).as(name).isFalse();
      }
    } finally {
      for (String name : names) {
        Files.deleteIfExists(mounted.path(name));
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Test
  void nobodyIsShutOut() throws Exception {
    mounted.mkdir("busy");
    mounted.write("busy/kmem.tcp.limit_in_bytes", "256K");
    mounted.write("busy/sim.tcp.flows", "add f connections=8 chunk=16K send=max read=0");
    try {
      browser.click("#tree [data-group='/busy']");
      browser.find("#flows tr[data-name=f]");
      browser.find("#sockets tbody tr");
      browser.click("details.more summary");
      browser.await("readings", () -> readingsAbove(LIMIT) >= 2);
      for (boolean dark : List.of(false, true)) {
        browser.likesDark(dark);
        assertThat(browser.barriers()).as("dark: %s", dark).isEmpty();
      }
    } finally {
      mounted.rmdir("busy");
    }
  }

  private static String usage() {
    try {
      return mounted.read("web/kmem.tcp.usage_in_bytes");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void awaitUsage(int bytes) {
    browser.await("usage of " + bytes, () -> readingsAbove(bytes) > 0);
  }

  private static long readingsAbove(int bytes) {
    return line("usage").stream().filter(value -> value != null && value >= bytes).count();
  }

  private static Double last(String name) {
    List<Double> values = line(name);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** What the chart of memory draws. */
  private static List<Double> line(String name) {
    Map<?, ?> lines =
        (Map<?, ?>)
            browser.read(
                "return document.querySelector('.chart[data-chart=memory]')?.chartData?.lines ??"
                    + " {}");
    List<?> values = lines.get(name) instanceof List<?> list ? list : List.of();
    return values.stream()
        .map(value -> value == null ? null : ((Number) value).doubleValue())
        .toList();
  }
}
