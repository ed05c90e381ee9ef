package io.github.vcgroupfs.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.vcgroupfs.testing.JdkServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the tests of the page rely on: the browser sees faults, each kind of them. */
class BrowserSelfIT {
  private static HttpServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    server = JdkServer.create();
    page("/good", "<h1>good</h1><label>a <input type=range id=r></label>");
    page("/error", "<script>nothingOfThatName()</script>");
    page("/console", "<script>console.error('a complaint')</script>");
    page("/missing", "<img src='/none.png' alt=''>");
    page("/elsewhere", "<script>fetch('http://192.0.2.1:9/x').catch(() => null)</script>");
    page("/named", "<link rel=stylesheet href='http://example.org/x.css'>");
    page("/barrier", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>");
    page("/dark", "<style>@media (prefers-color-scheme: dark) {body {background: #000}}</style>");
    server.start();
    browser = Browser.start();
  }

  private static void page(String path, String body) {
    byte[] text =
        "<!doctype html><html lang=en><title>t</title><link rel=icon href=data:,><main>%s</main>"
            .formatted(body)
            .getBytes(UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
  }

  @AfterAll
  static void end() throws IOException {
    browser.close();
    server.stop(0);
  }

  private static String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void open(String path) {
    browser.open(origin() + path);
  }

  @Test
  void aGoodPageIsClean() throws Exception {
    browser.complaints();
    open("/good");
    assertThat(browser.text("h1")).isEqualTo("good");
    browser.click("#r");
    browser.press(Keys.HOME, Keys.ARROW_RIGHT);
    assertThat(browser.focused().getDomProperty("value")).isEqualTo("1");
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void faultsAreSeen() {
    open("/error");
    assertThat(browser.complaints()).singleElement().asString().contains("nothingOfThatName");
    open("/console");
    assertThat(browser.complaints()).singleElement().asString().contains("a complaint");
    open("/missing");
    assertThat(browser.complaints()).singleElement().asString().contains("404");
  }

  @Test
  void whoeverElseIsAskedIsSeen() {
    open("/elsewhere");
    browser.await("192.0.2.1", () -> browser.asked().contains("192.0.2.1:9"));
    open("/named");
    assertThat(browser.asked()).contains("example.org");
    browser.complaints();
    assertThatThrownBy(() -> browser.assertClean(origin()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("example.org");
  }

  @Test
  void barriersAreSeen() throws Exception {
    open("/barrier");
    assertThat(browser.barriers()).singleElement().asString().contains("alternative text");
  }

  @Test
  void darkAndLight() throws Exception {
    browser.likesDark(true);
    open("/dark");
    assertThat(browser.see().getRGB(600, 600)).isEqualTo(0xff000000);
    browser.likesDark(false);
    assertThat(browser.see().getRGB(600, 600)).isEqualTo(0xffffffff);
    assertThat(browser.see().getWidth()).isEqualTo(1280);
    assertThat(browser.see().getHeight()).isEqualTo(900);
  }
}
