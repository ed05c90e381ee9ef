package io.github.vcgroupfs.kernel;

import java.util.OptionalLong;

/**
 * Reads a text from left to right, as the kernel's {@code lib/vsprintf.c vsscanf} does. Each method
 * stands for one part of a format, and leaves the position where it is if that part is not there.
 * Not thread-safe.
 */
public final class Sscanf {
  private final String text;
  private int at;

  /** Begins at the start of a text. */
  public Sscanf(String text) {
    this.text = text;
  }

  /** White space in a format: any number of them, also none. */
  public void spaces() {
    while (atSpace()) {
      at++;
    }
  }

  /** Whether white space comes next. */
  public boolean atSpace() {
    return at < text.length() && KernelText.isSpace(text.charAt(at));
  }

  /** A character that a format names. */
  public boolean literal(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  /** Text that a format names. */
  public boolean literal(String wanted) {
    boolean there = text.startsWith(wanted, at);
    if (there) {
      at += wanted.length();
    }
    return there;
  }

  /**
   * {@code %llu}: white space, then decimal digits without a sign. A number that is too large wraps
   * modulo 2<sup>64</sup>.
   */
  public OptionalLong number() {
    int before = at;
    spaces();
    Memparse digits = Memparse.decimal(text, at);
    if (digits.end() == at) {
      at = before;
      return OptionalLong.empty();
    }
    at = digits.end();
    return OptionalLong.of(digits.value());
  }

  /**
   * {@code %s} with a width: white space, then what stands up to the next. Empty if nothing is
   * left.
   */
  public String word(int maxLength) {
    spaces();
    int from = at;
    while (at < text.length() && at - from < maxLength && !atSpace()) {
      at++;
    }
    return text.substring(from, at);
  }

  /** What was not read yet. */
  public String rest() {
    return text.substring(at);
  }
}
