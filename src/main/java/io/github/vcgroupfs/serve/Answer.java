package io.github.vcgroupfs.serve;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client gets. Immutable, if nobody changes the bytes afterwards. */
public final class Answer {
  static final int OK = 200;
  static final int SEE_OTHER = 303;
  static final int NOT_MODIFIED = 304;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_TYPE = 415;
  static final int MISDIRECTED = 421;
  static final int FAILED = 500;
  static final int UNAVAILABLE = 503;

  private static final String JSON_TYPE = "application/json; charset=utf-8";

  private final int status;
  private final byte[] body;
  private final Map<String, String> headers;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Bytes of a type, such as {@code text/plain; charset=utf-8}. */
  public static Answer of(String type, byte[] body) {
    return new Answer(OK, Map.of("Content-Type", type), body);
  }

  /** A JSON object or array. */
  public static Answer json(Object value) {
    return json(OK, value);
  }

  /** A JSON text, in UTF-8. */
  public static Answer jsonText(byte[] text) {
    return of(JSON_TYPE, text);
  }

  /** The same with another status of HTTP. */
  public Answer withStatus(int other) {
    return new Answer(other, headers, body);
  }

  /** Why there is no better answer. */
  static Answer refusal(int status, String why) {
    return json(status, Map.of("error", why));
  }

  private static Answer json(int status, Object value) {
    return new Answer(status, Map.of("Content-Type", JSON_TYPE), Json.bytes(value));
  }

  /** The same with one header more. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** Without a body, such as a redirection. */
  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
