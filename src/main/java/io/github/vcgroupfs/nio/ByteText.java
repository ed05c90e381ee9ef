package io.github.vcgroupfs.nio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Between texts of Java programs and the bytes of files, which inside have one char a byte. */
final class ByteText {
  private ByteText() {}

  /** The bytes of a text in UTF-8, one char each. */
  static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** The text that the bytes are in UTF-8. */
  static String text(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
