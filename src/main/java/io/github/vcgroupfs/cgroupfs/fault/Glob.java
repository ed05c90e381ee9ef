package io.github.vcgroupfs.cgroupfs.fault;

/**
 * A pattern for names and paths. {@code ?} is any one byte and {@code *} any number of bytes;
 * neither matches a slash. {@code **} also matches slashes. The time to match grows with pattern
 * times text, whatever the pattern. Immutable.
 *
 * @param pattern as it was written
 */
record Glob(String pattern) {

  /** Whether the whole text matches. */
  boolean matches(String text) {
    // reached[i]: the pattern so far matches the first i bytes of the text
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int at = 0; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c != '*') {
        for (int i = text.length(); i > 0; i--) {
          char next = text.charAt(i - 1);
          reached[i] = reached[i - 1] && (c == next || (c == '?' && next != '/'));
        }
        reached[0] = false;
        continue;
      }
      boolean across = at + 1 < pattern.length() && pattern.charAt(at + 1) == '*';
      for (int i = 1; i <= text.length(); i++) {
        reached[i] |= reached[i - 1] && (across || text.charAt(i - 1) != '/');
      }
      at += across ? 1 : 0;
    }
    return reached[text.length()];
  }

  @Override
  public String toString() {
    return pattern;
  }
}
