package io.github.vcgroupfs.serve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is answered. In this order: does the request mean this server, does it come from no
 * other site, does it know the token. Immutable.
 */
final class Gate {
  private static final String SAME_ORIGIN = "same-origin";

  private final HostNames names;
  private final @Nullable Token token;
  private final boolean looksNeedToken;
  private final boolean writable;
  private final String cookieName;

  /**
   * The gate of a server.
   *
   * @param settings what it may do
   * @param names what it is called
   * @param port where it listens
   */
  Gate(ServeSettings settings, HostNames names, int port) {
    this.names = names;
    this.token = settings.token();
    this.looksNeedToken = settings.looksNeedToken();
    this.writable = settings.writable();
    this.cookieName = "vcgroupfs-" + port;
  }

  /** Why a request is not answered, whatever it asks for; empty: its site and name are right. */
  Optional<Answer> refusalOfOrigin(Request request) {
    List<String> hosts = request.headers("host");
    if (hosts.size() != 1 || !names.areIn(hosts.get(0))) {
      return refusal(
          Answer.MISDIRECTED,
          "the host \"%s\" is none of this server's: it answers to %s; --listen NAME:PORT gives a name"
              .formatted(String.join(", ", hosts), names));
    }
    Optional<String> origin = request.header("origin");
    if (origin.isPresent() && !isOwn(origin.get(), hosts.get(0))) {
      return refusal(
          Answer.FORBIDDEN,
          "a page of %s asks, and this server answers only its own page".formatted(origin.get()));
    }
    String site = request.header("sec-fetch-site").orElse(SAME_ORIGIN);
    if (!site.equals(SAME_ORIGIN) && !site.equals("none") && !isNavigation(request)) {
      return refusal(
          Answer.FORBIDDEN,
          "a page of another site asks (Sec-Fetch-Site: %s), and this server answers only its own"
              .formatted(site));
    }
    return Optional.empty();
  }

  /** Why a request for that cannot be answered; empty: it can be. */
  Optional<Answer> refusal(Request request, Need need) {
    if (!need.allows(request.method())) {
      return refusal(
              Answer.METHOD_NOT_ALLOWED,
              "%s is not for this address: send %s".formatted(request.method(), need.method()))
          .map(answer -> answer.with("Allow", need.method()));
    }
    if (need != Need.LOOK && !isJson(request)) {
      return refusal(
          Answer.UNSUPPORTED_TYPE, "the body is no JSON: send Content-Type: application/json");
    }
    if (need == Need.CHANGE && !writable) {
      return refusal(
          Answer.FORBIDDEN,
          "this server only shows: vcgroupfs serve --write lets it change groups");
    }
    boolean needed = need == Need.CHANGE || looksNeedToken;
    if (needed && !hasToken(request)) {
      return refusal(
              Answer.UNAUTHORIZED,
              "the token is missing or wrong: open the link that vcgroupfs serve printed, or send"
                  + " Authorization: Bearer TOKEN")
          .map(answer -> answer.with("WWW-Authenticate", "Bearer"));
    }
    return Optional.empty();
  }

  /** What answers a link with the token in it: a cookie, and the same page without the token. */
  Optional<Answer> exchange(Request request) {
    Optional<String> given = request.query("token");
    Token known = token;
    if (given.isEmpty() || known == null) {
      return Optional.empty();
    }
    if (!known.matches(given.get())) {
      return refusal(
          Answer.UNAUTHORIZED, "the token is wrong: open the link that vcgroupfs serve printed");
    }
    return Optional.of(
        Answer.empty(Answer.SEE_OTHER)
            .with("Location", "/")
            .with(
                "Set-Cookie",
                "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(cookieName, known.cookie())));
  }

  /** Whether this request may change groups. */
  boolean mayChange(Request request) {
    return writable && hasToken(request);
  }

  private boolean hasToken(Request request) {
    Token known = token;
    return known != null
        && (request.header("authorization").map(known::isIn).orElse(false)
            || hasCookie(request, known));
  }

  private boolean hasCookie(Request request, Token known) {
    String start = cookieName + "=";
    return request.headers("cookie").stream()
        .flatMap(header -> List.of(header.split(";", -1)).stream())
        .map(String::trim)
        .filter(each -> each.startsWith(start))
        .anyMatch(each -> known.matchesCookie(each.substring(start.length())));
  }

  /** A page's own requests say where it comes from; behind something with TLS it is https. */
  private static boolean isOwn(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String own = host.toLowerCase(Locale.ROOT);
    return lower.equals("http://" + own) || lower.equals("https://" + own);
  }

  /** Somebody follows a link to here: what comes is shown in a page of its own. */
  private static boolean isNavigation(Request request) {
    return request.method().equals("GET")
        && request.header("sec-fetch-mode").orElse("").equals("navigate")
        && request.header("sec-fetch-dest").orElse("").equals("document");
  }

  /** Other sites cannot send that without asking first, and get no answer to that. */
  private static boolean isJson(Request request) {
    String type = request.header("content-type").orElse("");
    return type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals("application/json");
  }

  private static Optional<Answer> refusal(int status, String why) {
    return Optional.of(Answer.refusal(status, why));
  }
}
