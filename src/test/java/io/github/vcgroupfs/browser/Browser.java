package io.github.vcgroupfs.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.testing.Needs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * A page in a real browser: what one sees of it, and what one does with mouse and keys. Everything
 * waits until it is so, for a while. Pictures are kept below {@code target/browser}.
 */
public final class Browser implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "browser").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PAUSE_MS = 20;

  /** Schemes that lead to another machine; the others stay in the browser: data, blob, chrome. */
  private static final Set<String> NETWORK = Set.of("http", "https", "ws", "wss", "ftp");

  private final DriverProcess process;
  private final Chromium driver;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> asked = new TreeSet<>();

  private Browser(DriverProcess process, Chromium driver) {
    this.process = process;
    this.driver = driver;
  }

  /** Starts one, with nothing open. */
  public static Browser start() throws IOException, InterruptedException {
    Needs.programs("chromium", "chromedriver");
    DriverProcess process = DriverProcess.start();
    try {
      Browser browser = new Browser(process, Chromium.start(process.address(), process.profile()));
      browser.size(1280, 900);
      return browser;
    } catch (RuntimeException e) {
      String said = process.output();
      process.close();
      throw new AssertionError("chromium does not start:\n" + said, e);
    }
  }

  /** Opens an address. */
  public void open(String address) {
    driver.get(address);
  }

  /** The address that it shows. */
  public String address() {
    return driver.getCurrentUrl();
  }

  /** The size of what a page sees of the window. */
  public void size(int width, int height) {
    driver.own(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.manage().window().setSize(new Dimension(width, height + 100));
  }

  /** Whether the person likes dark pages. */
  public void likesDark(boolean dark) {
    driver.own(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** As if it had been opened for the first time: no cookies. */
  public void forget() {
    driver.own("Network.clearBrowserCookies", Map.of());
  }

  /** The person allows a page to use the clipboard. */
  public void allowClipboard(String origin) {
    driver.own(
        "Browser.grantPermissions",
        Map.of(
            "origin",
            origin,
            "permissions",
            List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  /** What was copied. */
  public String clipboard() {
    return String.valueOf(
        driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[0], String)"));
  }

  /** The first element that a selector names, once there is one. */
  public WebElement find(String selector) {
    return await(selector, () -> driver.findElement(By.cssSelector(selector)));
  }

  /** All that there are now. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What can be read of an element, once there is one. */
  public String text(String selector) {
    return await(selector, () -> driver.findElement(By.cssSelector(selector)).getText());
  }

  /** Clicks, where one can see the element and nothing lies over it. */
  public void click(String selector) {
    await(
        "to click " + selector,
        () -> {
          try {
            driver.findElement(By.cssSelector(selector)).click();
            return true;
          } catch (org.openqa.selenium.ElementNotInteractableException e) {
            return false;
          }
        });
  }

  /** Writes into a field, in the place of what was there. */
  public void type(String selector, String text) {
    WebElement field = find(selector);
    field.clear();
    field.sendKeys(text);
  }

  /** Presses keys, one after the other, wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** The mouse, for what is more than a click. */
  public Actions mouse() {
    return new Actions(driver);
  }

  /** The element that has the focus. */
  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Asks the page's own language. To read only: what a person does is done with mouse and keys. */
  public Object read(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until something is so; says what was waited for, and what the page says. */
  public <T> T await(String what, Supplier<T> look) {
    long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T seen;
      try {
        seen = look.get();
      } catch (NoSuchElementException | StaleElementReferenceException e) {
        seen = null;
      }
      if (seen != null && !seen.equals(false)) {
        return seen;
      }
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError(
            "the page does not get there: %s%n%s%n%s%n%s%n%s"
                .formatted(what, address(), collect(), picture(), driver.getPageSource()));
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private String picture() {
    try {
      return "what one sees: " + keep("failed-" + System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until an element says so. */
  public void awaitText(String selector, String part) {
    await(
        "%s says %s".formatted(selector, part),
        () -> driver.findElement(By.cssSelector(selector)).getText().contains(part));
  }

  /** What one sees now. */
  public BufferedImage see() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));
  }

  /** Keeps a picture of what one sees now, as a file. */
  public Path keep(String name) throws IOException {
    return keep(PICTURES.resolve(name + ".png"));
  }

  /** The same, in any place. */
  public Path keep(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /**
   * What axe-core finds that a person with a disability would seriously suffer from, a line each.
   */
  public List<String> barriers() throws IOException {
    try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
              ({violations}) => done(violations
                .filter(({impact}) => impact === 'serious' || impact === 'critical')
                .flatMap(({id, help, nodes}) => nodes.map((node) =>
                  `${id}: ${help}: ${node.html.slice(0, 200)}: ${node.failureSummary}`))),
              (error) => done([`axe failed: ${error}`]));
            """);
    return ((List<?>) found).stream().map(Object::toString).toList();
  }

  /**
   * Complaints of the browser since the last call: uncaught errors, refused scripts, {@code
   * console.error}, answers that failed.
   */
  public List<String> complaints() {
    collect();
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** The places on the network that were asked for something since the start: host and port. */
  public Set<String> asked() {
    collect();
    return Set.copyOf(asked);
  }

  /** No complaint, and nobody was asked but this server. */
  public void assertClean(String server) {
    assertThat(complaints()).as("what the browser complains about").isEmpty();
    assertThat(asked()).as("who was asked").containsOnly(URI.create(server).getAuthority());
  }

  private List<String> collect() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      if (entry.getMessage().contains("\"Network.")) {
        noteRequest(entry.getMessage());
      }
    }
    return complaints;
  }

  private void noteRequest(String entry) {
    try {
      Map<?, ?> message = (Map<?, ?>) JSON.std.mapFrom(entry).get("message");
      Map<?, ?> parameters = (Map<?, ?>) message.get("params");
      Object url =
          switch (String.valueOf(message.get("method"))) {
            case "Network.requestWillBeSent" -> ((Map<?, ?>) parameters.get("request")).get("url");
            case "Network.webSocketCreated", "Network.webTransportCreated" -> parameters.get("url");
            default -> null;
          };
      if (url != null) {
        // whatever it is that a page asks for, it need not be what Java calls a URI
        String[] parts = String.valueOf(url).split("[:/?#]+", 3);
        if (NETWORK.contains(parts[0])) {
          asked.add(String.valueOf(url).replaceFirst("^[a-z]+://([^/?#]*).*", "$1"));
        }
      }
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + entry, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      driver.quit();
    } finally {
      process.close();
    }
  }
}
