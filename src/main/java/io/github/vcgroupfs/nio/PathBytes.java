package io.github.vcgroupfs.nio;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths as Linux has them: bytes, kept in a string with one char for each. People's text is UTF-8
 * there. Has no state.
 */
final class PathBytes {
  private PathBytes() {}

  /**
   * The bytes of a path that somebody wrote, without double slashes and a slash at the end.
   *
   * @throws InvalidPathException for what no path can have
   */
  static String of(String input) {
    StringBuilder text = new StringBuilder(input.length());
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      if (c == 0) {
        throw new InvalidPathException(input, "Nul character not allowed");
      }
      boolean again = c == '/' && !text.isEmpty() && text.charAt(text.length() - 1) == '/';
      if (!again) {
        text.append(c);
      }
    }
    if (text.length() > 1 && text.charAt(text.length() - 1) == '/') {
      text.setLength(text.length() - 1);
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      InvalidPathException invalid =
          new InvalidPathException(
              input, "Malformed input or input contains unmappable characters");
      invalid.initCause(e);
      throw invalid;
    }
  }

  /** The text that people see. */
  static String text(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  static boolean isAbsolute(String bytes) {
    return bytes.startsWith("/");
  }

  /** A path that begins at another one. */
  static String resolve(String base, String name) {
    if (name.isEmpty()) {
      return base;
    }
    if (base.isEmpty() || isAbsolute(name)) {
      return name;
    }
    return base.equals("/") ? "/" + name : base + "/" + name;
  }

  /** The names in a path. An empty path has one, which is empty; the top has none. */
  static List<String> names(String bytes) {
    List<String> names = new ArrayList<>();
    if (bytes.equals("/")) {
      return names;
    }
    int from = isAbsolute(bytes) ? 1 : 0;
    for (int slash = bytes.indexOf('/', from); slash >= 0; slash = bytes.indexOf('/', from)) {
      names.add(bytes.substring(from, slash));
      from = slash + 1;
    }
    names.add(bytes.substring(from));
    return names;
  }

  /** A path of names. */
  static String join(boolean absolute, List<String> names) {
    return (absolute ? "/" : "") + String.join("/", names);
  }

  /** Without {@code .}, and without {@code ..} where that has a name before it. */
  static String normalize(String bytes) {
    List<String> kept = new ArrayList<>();
    boolean absolute = isAbsolute(bytes);
    for (String name : names(bytes)) {
      int last = kept.size() - 1;
      if (name.equals("..") && last >= 0 && !kept.get(last).equals("..")) {
        kept.remove(last);
      } else if (!name.equals(".") && !(name.equals("..") && absolute && kept.isEmpty())) {
        kept.add(name);
      }
    }
    return join(absolute, kept);
  }
}
