package io.github.vcgroupfs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.List;

/** Formats the answers of getxattr(2) and listxattr(2). Has no state. */
final class Xattr {
  private Xattr() {}

  /**
   * Fills the caller's buffer, or only says how long the answer is.
   *
   * @param size bytes in the buffer; 0 asks for the length
   * @throws ErrnoException ERANGE if the buffer is too small
   */
  static int answer(NativeMemory buffer, long size, byte[] value) throws ErrnoException {
    if (size == 0) {
      return value.length;
    }
    if (size < value.length) {
      throw new ErrnoException(
          Errno.ERANGE,
          "%d bytes do not fit into a buffer of %d: ask with size 0 how many there are"
              .formatted(value.length, size));
    }
    buffer.put(0, value, value.length);
    return value.length;
  }

  /** Names as listxattr(2) wants them: each with a NUL behind it. */
  static byte[] joined(List<String> names) {
    StringBuilder all = new StringBuilder();
    names.forEach(name -> all.append(name).append('\0'));
    return all.toString().getBytes(ISO_8859_1);
  }
}
