package io.github.vcgroupfs.browser;

import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.ImmutableCapabilities;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpMethod;

/** A session of chromium with its own commands, beside those that all browsers know. */
final class Chromium extends RemoteWebDriver {
  private static final String OWN_COMMAND = "vcgroupfsOwnCommand";
  private static final int ANSWER_SECONDS = 60;

  /**
   * It must ask nobody for anything: no updates, no lists, and no name means an address. {@code
   * --no-sandbox}: root has no sandbox, and containers often none; it sees our own page only.
   */
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-extensions",
          "--disable-sync",
          "--force-device-scale-factor=1",
          "--force-color-profile=srgb",
          "--hide-scrollbars",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
          "--no-proxy-server",
          "about:blank");

  private Chromium(HttpCommandExecutor executor, Map<String, ?> capabilities) {
    super(executor, new ImmutableCapabilities(capabilities));
  }

  static Chromium start(URI driver, Path profile) throws MalformedURLException {
    ClientConfig config =
        ClientConfig.defaultConfig()
            .baseUri(driver)
            .readTimeout(Duration.ofSeconds(ANSWER_SECONDS));
    HttpCommandExecutor executor =
        new HttpCommandExecutor(
            HttpClient.Factory.createDefault().createClient(config),
            Map.of(
                OWN_COMMAND,
                new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
            driver.toURL());
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("--user-data-dir=" + profile);
    return new Chromium(
        executor,
        Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            Map.of("args", flags, "perfLoggingPrefs", Map.of("enablePage", false)),
            "goog:loggingPrefs",
            Map.of("browser", "ALL", "performance", "ALL")));
  }

  /** A command of the browser's own protocol, the Chrome DevTools Protocol. */
  Object own(String command, Map<String, ?> parameters) {
    return execute(OWN_COMMAND, Map.of("cmd", command, "params", parameters)).getValue();
  }
}
