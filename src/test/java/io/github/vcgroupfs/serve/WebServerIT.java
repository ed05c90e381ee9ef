package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server on a mount, asked over real connections. */
@Tag("jdk")
@MountTest
class WebServerIT {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MANY = 1000;

  private static MountedFs fs;
  private static AskedServer page;

  @TempDir private Path dir;

  @BeforeAll
  static void serve() throws Exception {
    fs = MountedFs.start();
    page = AskedServer.of(fs.root(), OFTEN, PATIENCE);
  }

  @AfterAll
  static void end() throws Exception {
    page.close();
    fs.close();
  }

  @Test
  void thePageAndItsFilesAllowNothingFromElsewhere() throws Exception {
    for (String path : List.of("/", "/assets/main.js", "/webjars/uplot/uPlot.min.css", "/nope")) {
      HttpResponse<String> response = page.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(path.equals("/nope") ? 404 : 200);
      Map<String, List<String>> headers = response.headers().map();
      assertThat(headers.get("content-security-policy").get(0))
          .startsWith("default-src 'self';")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
      assertThat(headers).containsEntry("referrer-policy", List.of("no-referrer"));
      assertThat(headers).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void infoSaysWhatCanBeKnownAndDone() throws Exception {
    Map<String, Object> info = json(page.get("/api/info"));
    assertThat(info)
        .containsEntry("directory", fs.root().toString())
        .containsEntry("ours", true)
        .containsEntry("strict", false)
        .containsEntry("profile", "lwn-2011")
        .containsEntry("writable", false);
    Map<String, Object> known =
        json(page.get("/api/info", "Authorization", "Bearer " + AskedServer.SECRET));
    assertThat(known).containsEntry("writable", true);
    assertThat((List<?>) info.get("columns")).hasSizeGreaterThan(20);
  }

  @Test
  void namesOfOthersAreNotAnsweredWhateverTheyAskFor() throws Exception {
    for (String path : List.of("/", "/assets/main.js", "/api/snapshot", "/api/events")) {
      String answer =
          page.raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 421 ").contains("none of this server's");
      assertThat(answer).doesNotContain("groups");
    }
    assertThat(page.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../Gate.class",
        "/assets/%2e%2e/Gate.class",
        "/assets/..%2f..%2f..%2fcli/Main.class",
        "/../etc/passwd",
        "//etc/passwd",
        "/webjars/uplot/%2e%2e/%2e%2e/x.js",
      })
  void noPathLeadsOut(String path) throws Exception {
    assertThat(
            page.raw(
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path)))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void editsAreTheCommandsThatTheyStandFor() throws Exception {
    Path group = fs.path("edits");
    assertThat(page.edit("mkdir", Map.of("group", "/edits")))
        .containsEntry("ok", true)
        .containsEntry("echo", "mkdir " + group);
    assertThat(page.write("/edits", "memory.limit_in_bytes", "64K"))
        .containsEntry("ok", true)
        .containsEntry("echo", "echo 64K > " + group + "/memory.limit_in_bytes");
    assertThat(fs.read("edits/memory.limit_in_bytes")).isEqualTo("65536\n");
    assertThat(page.write("/edits", "sim.tcp.flows", "add a connections=1 send=0"))
        .containsEntry("ok", true)
        .containsEntry("echo", "echo 'add a connections=1 send=0' > " + group + "/sim.tcp.flows");
    assertThat(page.get("/api/flows?group=/edits").body()).contains("\"name\":\"a\"");
    assertThat(page.edit("rmdir", Map.of("group", "/edits"))).containsEntry("ok", true);
    assertThat(group).doesNotExist();
  }

  @Test
  void aRefusalHasItsErrnoAndTheSentenceOfTheMount() throws Exception {
    fs.mkdir("refusals");
    assertThat(page.write("/refusals", "memory.limit_in_bytes", "lots"))
        .containsEntry("ok", false)
        .containsEntry("errno", "EINVAL")
        .hasEntrySatisfying(
            "why", why -> assertThat((String) why).startsWith("\"lots\" is no byte count"));
    fs.mkdir("refusals/child");
    assertThat(page.edit("rmdir", Map.of("group", "/refusals")))
        .containsEntry("errno", "EBUSY")
        .hasEntrySatisfying("why", why -> assertThat((String) why).contains("has child groups"));
    assertThat(page.edit("mkdir", Map.of("group", "/refusals")))
        .containsEntry("ok", false)
        .containsEntry("errno", "EEXIST");
  }

  @Test
  void editsReachNothingOutsideTheHierarchy() throws Exception {
    Path victim = Files.writeString(dir.resolve("memory.victim"), "before");
    for (String group : List.of("/..", "/../..", dir.toString(), "/./..", "..")) {
      page.write(group, "memory.victim", "after");
      page.edit("mkdir", Map.of("group", group + "/made"));
    }
    page.write("/", "../" + dir.getFileName() + "/memory.victim", "after");
    page.write("/", victim.toString(), "after");
    assertThat(victim).hasContent("before");
    assertThat(dir.resolve("made")).doesNotExist();
    assertThat(page.write("/", "cgroup.procs", "1")).containsEntry("errno", "EPERM");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Authorization, Bearer 0123456789abcdeX, 401",
    "X-Nothing, at all, 401",
  })
  void whoHasNoTokenOrComesFromElsewhereChangesNothing(String name, String value, int status)
      throws Exception {
    fs.write("memory.soft_limit_in_bytes", "1M");
    String edit = "{\"group\":\"/\",\"file\":\"memory.soft_limit_in_bytes\",\"text\":\"2M\"}";
    assertThat(page.post("/api/write", edit, name, value).statusCode()).isEqualTo(status);
    assertThat(fs.read("memory.soft_limit_in_bytes")).isEqualTo("1048576\n");
  }

  @Test
  void theLinkGivesACookieThatOpensThePage() throws Exception {
    HttpResponse<String> link = page.get("/?token=" + AskedServer.SECRET);
    assertThat(link.statusCode()).isEqualTo(303);
    String cookie = link.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    assertThat(cookie).startsWith("vcgroupfs-" + page.port() + "=");
    fs.mkdir("cookie");
    String edit = "{\"group\":\"/cookie\",\"file\":\"memory.limit_in_bytes\",\"text\":\"1M\"}";
    assertThat(page.post("/api/write", edit, "Cookie", cookie).body()).contains("\"ok\":true");
  }

  @Test
  void aLargeBodyIsRefused() throws Exception {
    String large = "{\"group\":\"" + "a".repeat(100_000) + "\"}";
    assertThat(
            page.post("/api/mkdir", large, "Authorization", "Bearer " + AskedServer.SECRET)
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void whatHappensIsToldAsItHappens() throws Exception {
    fs.mkdir("news");
    try (AskedServer.Events events = page.events("/news")) {
      events.await("mount", "\"there\":true");
      events.await("snapshot", "\"path\":\"/news\",\"usage\":0");
      events.await("journal", "mkdir news");
      fs.write("news/sim.tcp.flows", "add a connections=2 chunk=4K");
      events.await("flows", "\"name\":\"a\"");
      events.await("sockets", "\"local\":\"a/0:send\"");
      page.write("/news", "memory.limit_in_bytes", "lots");
      assertThat(events.await("journal", "EINVAL")).contains("is no byte count");
    }
    Map<String, Object> history = json(page.get("/api/history?group=/news"));
    assertThat((List<?>) history.get("timeMs")).isNotEmpty();
    assertThat(page.get("/api/sockets?group=/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void whoDoesNotReadIsDroppedAndHoldsNobodyUp() throws Exception {
    try (MountedFs large = MountedFs.start();
        AskedServer many = AskedServer.of(large.root(), OFTEN, PATIENCE)) {
      for (int i = 0; i < MANY; i++) {
        large.mkdir("group-" + i);
      }
      try (Socket sleeper = many.connect();
          AskedServer.Events events = many.events("/")) {
        sleeper.setReceiveBufferSize(4096);
        AskedServer.send(sleeper, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        awaitDropped(sleeper, events);
        events.await("snapshot", "group-0"); // who reads is still told
      }
    }
  }

  /** Waits until the server has closed its end; what it had sent still waits for the sleeper. */
  private static void awaitDropped(Socket sleeper, AskedServer.Events events) throws IOException {
    assertThat(isEstablished(sleeper)).isTrue();
    while (isEstablished(sleeper)) {
      events.await("snapshot", "group-0");
    }
  }

  /** Whether the server's end is, which the other one cannot see: state 01. */
  private static boolean isEstablished(Socket sleeper) throws IOException {
    Pattern line =
        Pattern.compile(
            ":%04X [0-9A-F]+:%04X 01 ".formatted(sleeper.getPort(), sleeper.getLocalPort()));
    return line.matcher(Files.readString(Path.of("/proc/net/tcp"))).find()
        || line.matcher(Files.readString(Path.of("/proc/net/tcp6"))).find();
  }

  @Test
  void whoNeverEndsARequestIsDropped() throws Exception {
    List<Socket> all = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = page.connect();
        all.add(socket);
        AskedServer.send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      }
      assertThat(page.get("/api/snapshot").statusCode()).isEqualTo(200);
      for (Socket each : all) {
        InputStream in = each.getInputStream();
        assertThat(in.readAllBytes()).isEmpty(); // until it is closed, or the test has no time left
      }
    } finally {
      for (Socket each : all) {
        each.close();
      }
    }
  }

  @Test
  void thereIsALimitToThoseWhoLookOn() throws Exception {
    List<AskedServer.Events> all = new ArrayList<>();
    try {
      AskedServer.Events next = page.events("/");
      while (next.status() == 200) {
        all.add(next);
        next = page.events("/");
      }
      assertThat(next.status()).isEqualTo(503);
      assertThat(all).hasSizeBetween(32, 64);
      assertThat(page.get("/api/snapshot").statusCode()).isEqualTo(200);
    } finally {
      for (AskedServer.Events each : all) {
        each.close();
      }
    }
  }

  @Test
  void aMountThatGoesIsMissedAndFoundAgain() throws Exception {
    Path place = dir.resolve("mnt");
    AskedServer own;
    try (MountedFs first = MountedFs.at(place)) {
      own = AskedServer.of(first.root(), OFTEN, PATIENCE);
      try (AskedServer.Events events = own.events("/")) {
        events.await("snapshot", "\"path\":\"/\"");
        assertThat(first.daemon().isAlive()).isTrue();
      }
    }
    try (AskedServer served = own;
        AskedServer.Events events = served.events("/")) {
      assertThat(events.await("mount", "\"there\":false")).contains("mount");
      assertThat(served.get("/api/snapshot").statusCode()).isEqualTo(503);
      try (MountedFs second = MountedFs.at(place)) {
        second.mkdir("later");
        events.await("mount", "\"there\":true");
        events.await("snapshot", "\"path\":\"/later\"");
      }
    }
  }

  private static Map<String, Object> json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    return Json.object(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
