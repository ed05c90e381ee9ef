package io.github.vcgroupfs.nio;

import java.util.regex.PatternSyntaxException;

/**
 * Makes a regular expression of a glob, with the meaning that {@link
 * java.nio.file.FileSystem#getPathMatcher} promises. Used once, by one thread.
 */
final class Globs {
  private static final String SPECIAL = "\\*?[]{.^$+|()";
  private static final char END = 0;

  private final String glob;
  private final StringBuilder regex = new StringBuilder("^");
  private int at;
  private boolean inGroup;

  private Globs(String glob) {
    this.glob = glob;
  }

  /**
   * The regular expression.
   *
   * @throws PatternSyntaxException if the glob means nothing
   */
  static String toRegex(String glob) {
    Globs translation = new Globs(glob);
    while (translation.at < glob.length()) {
      translation.element();
    }
    if (translation.inGroup) {
      throw translation.wrong("Missing '}", 1);
    }
    return translation.regex.append('$').toString();
  }

  private PatternSyntaxException wrong(String what, int back) {
    return new PatternSyntaxException(what, glob, at - back);
  }

  private char peek() {
    return at < glob.length() ? glob.charAt(at) : END;
  }

  private boolean take(char wanted) {
    boolean there = at < glob.length() && glob.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void element() {
    char c = glob.charAt(at++);
    switch (c) {
      case '\\' -> {
        if (at == glob.length()) {
          throw wrong("No character to escape", 1);
        }
        literal(glob.charAt(at++));
      }
      case '*' -> regex.append(take('*') ? ".*" : "[^/]*");
      case '?' -> regex.append("[^/]");
      case '[' -> bracket();
      case '{' -> {
        if (inGroup) {
          throw wrong("Cannot nest groups", 1);
        }
        inGroup = true;
        regex.append("(?:(?:");
      }
      case '}' -> {
        regex.append(inGroup ? "))" : "}");
        inGroup = false;
      }
      case ',' -> regex.append(inGroup ? ")|(?:" : ",");
      default -> literal(c);
    }
  }

  private void literal(char c) {
    if (SPECIAL.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** One character of several; never the slash. */
  private void bracket() {
    regex.append("[[^/]&&[");
    if (take('^')) {
      regex.append("\\^");
    } else {
      if (take('!')) {
        regex.append('^');
      }
      if (take('-')) {
        regex.append('-');
      }
    }
    boolean mayBeginRange = false;
    char last = END;
    boolean closed = false;
    while (at < glob.length() && !closed) {
      char c = glob.charAt(at++);
      if (c == ']') {
        closed = true;
      } else if (c == '-') {
        if (!mayBeginRange) {
          throw wrong("Invalid range", 1);
        }
        regex.append(c);
        closed = rangeEnd(last);
        mayBeginRange = false;
      } else {
        member(c);
        mayBeginRange = true;
        last = c;
      }
    }
    if (!closed) {
      throw wrong("Missing ']", 1);
    }
    regex.append("]]");
  }

  private void member(char c) {
    if (c == '/') {
      throw wrong("Explicit 'name separator' in class", 1);
    }
    if (c == '\\' || c == '[' || (c == '&' && peek() == '&')) {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** The end of a range behind its dash; says whether that was the end of the bracket, too. */
  private boolean rangeEnd(char from) {
    char c = peek();
    at++;
    if (c == END) {
      throw wrong("Missing ']", 1);
    }
    if (c == ']') {
      return true;
    }
    if (c < from) {
      throw wrong("Invalid range", 3);
    }
    regex.append(c);
    return false;
  }
}
