package io.github.vcgroupfs.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * What proves that a request comes from whoever started the server: the token itself, in a link or
 * a header, or the secret of the cookie that the link has been exchanged for. Immutable.
 */
public final class Token {
  /** A shorter one can be found by trying. */
  private static final int LEAST_CHARACTERS = 16;

  private static final int MOST_CHARACTERS = 256;
  private static final int RANDOM_BYTES = 24;
  private static final String BEARER = "bearer ";

  private final String text;
  private final String cookie;

  private Token(String text) {
    this.text = text;
    this.cookie = secret(); // of this run only: what a browser keeps is not the token
  }

  /** A new one, which nobody can guess. */
  public static Token random() {
    return new Token(secret());
  }

  /** One that somebody has chosen. */
  public static Token of(String text) throws ServeException {
    if (text.length() < LEAST_CHARACTERS
        || text.length() > MOST_CHARACTERS
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ServeException(
          "a token has %d to %d characters of ASCII and no spaces: openssl rand -hex 16 makes one"
              .formatted(LEAST_CHARACTERS, MOST_CHARACTERS));
    }
    return new Token(text);
  }

  private static String secret() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The token itself. */
  String text() {
    return text;
  }

  /** The value of the cookie. */
  String cookie() {
    return cookie;
  }

  /** Whether that is the token; how long this takes says nothing about it. */
  boolean matches(String other) {
    return same(text, other);
  }

  /** Whether that is the value of the cookie. */
  boolean matchesCookie(String other) {
    return same(cookie, other);
  }

  /** Whether an {@code Authorization} header has the token. */
  boolean isIn(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        && matches(authorization.substring(BEARER.length()).trim());
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
