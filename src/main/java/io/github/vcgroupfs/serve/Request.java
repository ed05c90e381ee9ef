package io.github.vcgroupfs.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a client asks. Immutable, if nobody changes the bytes of the body. */
public final class Request {
  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, List<String>> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /**
   * A request as it came.
   *
   * @param target path and query, with what is escaped in them
   * @param headers names in any case
   * @throws BadRequestException if the query cannot be read
   */
  static Request of(String method, String target, Map<String, List<String>> headers, byte[] body)
      throws BadRequestException {
    Map<String, List<String>> lower = new LinkedHashMap<>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Request(method, path, parsed(query), lower, body);
  }

  private static Map<String, String> parsed(String query) throws BadRequestException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        values.put(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) throws BadRequestException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw new BadRequestException(
          "\"%s\" in the query is badly escaped: write %%25 for a percent sign".formatted(text));
    }
  }

  /** {@code GET}, {@code POST} and so on. */
  public String method() {
    return method;
  }

  /** The path as it came: what is escaped in it is not decoded. */
  public String path() {
    return path;
  }

  /** A parameter of the query. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The first header of that name. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** All headers of that name. */
  List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The body, read as a JSON object: maps, lists, texts, numbers, booleans and nulls. */
  Map<String, Object> json() throws BadRequestException {
    return Json.object(body);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
