package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Converts between two kinds of text. Names from the mount, {@code /proc} and libfuse have one char
 * for each byte. Text in {@code Path} and on the command line was decoded by Java with the locale's
 * charset. Has no state.
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

  /** A text as the kernel has it, one char for each byte. */
  public static String toBytes(String text) {
    return new String(text.getBytes(CHARSET), ISO_8859_1);
  }

  /** A text as people read it. */
  public static String toText(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), CHARSET);
  }
}
