package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Between the two kinds of text here: names with one char a byte, as the mount, {@code /proc} and
 * libfuse give and take them, and text as Java decodes it from the locale's charset, as in {@code
 * Path} and on the command line. Stateless.
 */
public final class NativeText {
  /** What Java encodes paths with: of the locale, whatever {@code file.encoding} says. */
  private static final Charset CHARSET = charset();

  private NativeText() {}

  /** The charset of paths, arguments and terminals. */
  public static Charset charset() {
    String name = System.getProperty("sun.jnu.encoding", "");
    return !name.isEmpty() && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }

  /** One char a byte. */
  public static String toBytes(String text) {
    return new String(text.getBytes(CHARSET), ISO_8859_1);
  }

  /** As people read it. */
  public static String toText(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), CHARSET);
  }
}
