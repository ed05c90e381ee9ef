package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, without a socket. */
class GateTest {
  private static final String HOST = "127.0.0.1:8180";
  private static final String SECRET = "0123456789abcdef";
  private static final int PORT = 8180;

  private final Token token = token();

  private static Token token() {
    try {
      return Token.of(SECRET);
    } catch (ServeException e) {
      throw new AssertionError(e);
    }
  }

  private Gate gate(boolean writable, boolean looksNeedToken) throws ServeException {
    ServeSettings settings =
        new ServeSettings(
            ListenAddress.parse(HOST), writable, token, looksNeedToken, true, "test");
    return new Gate(settings, new HostNames("127.0.0.1", false), PORT);
  }

  private static Request request(String method, String target, String... headers)
      throws BadRequestException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("Host", new ArrayList<>(List.of(HOST)));
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals("Host")) {
        all.remove("Host");
      }
      all.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
    return Request.of(method, target, all, new byte[0]);
  }

  private static int status(Optional<Answer> refusal) {
    return refusal.map(Answer::status).orElse(Answer.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8180", "localhost:8180", "LOCALHOST", "[::1]:8180", "127.0.0.2:80", "localhost:1"
      })
  void ownNamesAreAnswered(String host) throws Exception {
    assertThat(gate(false, false).refusalOfOrigin(request("GET", "/", "Host", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8180",
        "127.0.0.1.evil.example:8180",
        "localhost.evil.example",
        "localhost@evil.example",
        "10.0.0.1:8180",
        "[::2]:8180",
        "",
        "localhost:8180:8180",
        "localhost 8180"
      })
  void namesOfOthersAreNot(String host) throws Exception {
    assertThat(status(gate(false, false).refusalOfOrigin(request("GET", "/", "Host", host))))
        .isEqualTo(Answer.MISDIRECTED);
  }

  @Test
  void twoHostsAreNone() throws Exception {
    Request request =
        Request.of("GET", "/", Map.of("Host", List.of(HOST, "evil.example")), new byte[0]);
    assertThat(status(gate(false, false).refusalOfOrigin(request))).isEqualTo(Answer.MISDIRECTED);
    Request without = Request.of("GET", "/", Map.of(), new byte[0]);
    assertThat(status(gate(false, false).refusalOfOrigin(without))).isEqualTo(Answer.MISDIRECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8180, 200",
    "https://127.0.0.1:8180, 200", // something with TLS stands before it
    "http://127.0.0.1:9999, 403", // another server of this machine
    "http://localhost:8180, 403", // not the name that was asked for
    "http://evil.example, 403",
    "null, 403",
  })
  void onlyItsOwnPageMayAsk(String origin, int status) throws Exception {
    Request request = request("POST", "/api/what-if", "Origin", origin);
    assertThat(status(gate(false, false).refusalOfOrigin(request))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, cors, empty, 200",
    "none, navigate, document, 200",
    "cross-site, no-cors, script, 403",
    "cross-site, cors, empty, 403",
    "same-site, cors, empty, 403", // localhost on another port
    "cross-site, navigate, document, 200", // a link to the page
    "cross-site, navigate, iframe, 403",
  })
  void pagesOfOthersEmbedNothing(String site, String mode, String dest, int status)
      throws Exception {
    Request request =
        request(
            "GET", "/", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", dest);
    assertThat(status(gate(false, false).refusalOfOrigin(request))).isEqualTo(status);
  }

  @Test
  void aPostOfAnotherSiteIsNoNavigation() throws Exception {
    Request request =
        request(
            "POST",
            "/api/write",
            "Sec-Fetch-Site",
            "cross-site",
            "Sec-Fetch-Mode",
            "navigate",
            "Sec-Fetch-Dest",
            "document");
    assertThat(status(gate(true, false).refusalOfOrigin(request))).isEqualTo(Answer.FORBIDDEN);
  }

  @Test
  void lookingIsFree() throws Exception {
    assertThat(gate(true, false).refusal(request("GET", "/api/info"), Need.LOOK)).isEmpty();
    assertThat(gate(true, false).refusal(request("HEAD", "/api/info"), Need.LOOK)).isEmpty();
  }

  @Test
  void lookingTakesATokenThatSomebodyHasChosen() throws Exception {
    Gate gate = gate(false, true);
    assertThat(status(gate.refusal(request("GET", "/api/info"), Need.LOOK)))
        .isEqualTo(Answer.UNAUTHORIZED);
    Request known = request("GET", "/api/info", "Authorization", "Bearer " + SECRET);
    assertThat(gate.refusal(known, Need.LOOK)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Need.class,
      names = {"COMPUTE", "CHANGE"})
  void whatIsPostedIsJson(Need need) throws Exception {
    Gate gate = gate(true, false);
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "")) {
      Request request =
          request(
              "POST", "/api/write", "Content-Type", type, "Authorization", "Bearer " + SECRET);
      assertThat(status(gate.refusal(request, need))).isEqualTo(Answer.UNSUPPORTED_TYPE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer 0123456789abcdef, 200",
    "bearer  0123456789abcdef, 200",
    "Bearer 0123456789abcdeX, 401",
    "Bearer 0123456789abcdef0, 401",
    "Bearer , 401",
    "Basic 0123456789abcdef, 401",
    "0123456789abcdef, 401",
  })
  void changingTakesTheToken(String authorization, int status) throws Exception {
    Request request = post("Authorization", authorization);
    assertThat(status(gate(true, false).refusal(request, Need.CHANGE))).isEqualTo(status);
  }

  @Test
  void nothingIsChangedWhereNobodyAskedForIt() throws Exception {
    Request request = post("Authorization", "Bearer " + SECRET);
    assertThat(status(gate(false, true).refusal(request, Need.CHANGE)))
        .isEqualTo(Answer.FORBIDDEN);
    assertThat(gate(false, true).mayChange(request)).isFalse();
  }

  @Test
  void computingTakesNoToken() throws Exception {
    assertThat(gate(false, false).refusal(post("Accept", "*/*"), Need.COMPUTE)).isEmpty();
  }

  @Test
  void otherMethodsAreTold() throws Exception {
    Optional<Answer> refusal = gate(true, false).refusal(request("GET", "/api/write"), Need.CHANGE);
    assertThat(status(refusal)).isEqualTo(Answer.METHOD_NOT_ALLOWED);
    assertThat(refusal.orElseThrow().headers()).containsEntry("Allow", "POST");
    assertThat(status(gate(true, false).refusal(request("DELETE", "/"), Need.LOOK)))
        .isEqualTo(Answer.METHOD_NOT_ALLOWED);
  }

  @Test
  void theLinkIsExchangedForACookieThatIsNotTheToken() throws Exception {
    Gate gate = gate(true, false);

    Answer answer = gate.exchange(request("GET", "/?token=" + SECRET)).orElseThrow();

    assertThat(answer.status()).isEqualTo(Answer.SEE_OTHER);
    assertThat(answer.headers()).containsEntry("Location", "/");
    String cookie = answer.headers().get("Set-Cookie");
    assertThat(cookie)
        .startsWith("vcgroupfs-8180=")
        .endsWith("; Path=/; HttpOnly; SameSite=Strict")
        .doesNotContain(SECRET);
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(gate.refusal(post("Cookie", "a=b; " + pair + "; c=d"), Need.CHANGE)).isEmpty();
    assertThat(status(gate.refusal(post("Cookie", pair + "x"), Need.CHANGE)))
        .isEqualTo(Answer.UNAUTHORIZED);
    assertThat(status(gate.refusal(post("Cookie", "vcgroupfs-8180=" + SECRET), Need.CHANGE)))
        .isEqualTo(Answer.UNAUTHORIZED);
  }

  @Test
  void aWrongLinkIsRefused() throws Exception {
    assertThat(status(gate(true, false).exchange(request("GET", "/?token=guess"))))
        .isEqualTo(Answer.UNAUTHORIZED);
    assertThat(gate(true, false).exchange(request("GET", "/"))).isEmpty();
  }

  private static Request post(String name, String value) throws BadRequestException {
    return request(
        "POST", "/api/write", "Content-Type", "application/json; charset=utf-8", name, value);
  }
}
