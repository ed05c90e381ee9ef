package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.PathText;
import io.github.vcgroupfs.os.NativeText;
import java.nio.file.Path;

/** The name of a directory entry, whatever bytes it has. Has no state. */
final class EntryName {
  /** Stands where Java could not decode. */
  private static final char REPLACEMENT = '\ufffd';

  private static final int HEX = 16;
  private static final int ESCAPE_CHARS = 3;

  private EntryName() {}

  /** The last name of a path, as {@link PathText} writes it. */
  static String of(Path path) {
    Path last = path.getFileName();
    if (last == null) {
      return "";
    }
    String text = last.toString();
    return PathText.text(
        text.indexOf(REPLACEMENT) < 0 ? NativeText.toBytes(text) : undecoded(last));
  }

  /** A URI has the bytes of a path that its text has lost. */
  private static String undecoded(Path name) {
    String raw = name.toUri().getRawPath();
    String whole = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    String last = whole.substring(whole.lastIndexOf('/') + 1);
    StringBuilder bytes = new StringBuilder(last.length());
    int at = 0;
    while (at < last.length()) {
      boolean escaped = last.charAt(at) == '%';
      bytes.append(
          escaped
              ? (char) Integer.parseInt(last.substring(at + 1, at + ESCAPE_CHARS), HEX)
              : last.charAt(at));
      at += escaped ? ESCAPE_CHARS : 1;
    }
    return bytes.toString();
  }
}
