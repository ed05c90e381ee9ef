package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.IntegerParser;
import io.github.vcgroupfs.kernel.KernelText;
import java.nio.charset.StandardCharsets;

/** Reads and writes limits as {@code pids_max_write} and {@code pids_max_show} do. Stateless. */
final class PidsLimit {
  /** No limit: {@code PIDS_MAX}, one more than PID_MAX_LIMIT, the most tasks there can be. */
  static final long MAX = 4L * 1024 * 1024 + 1;

  /** How no limit is written. */
  private static final String NONE = "max";

  private PidsLimit() {}

  /**
   * A limit, in tasks.
   *
   * @param written {@code max}, or a number from 0 to 4194304, decimal, 0x hexadecimal or 0 octal,
   *     blanks around it
   * @throws ErrnoException EINVAL if it is neither, ERANGE if a signed number of 64 bits cannot
   *     hold it
   */
  static long parse(byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    if (text.equals(NONE)) {
      return MAX;
    }
    // what is around the number is off already: pids_max_write strips, too
    long limit = IntegerParser.KSTRTOULL.parseSigned(text.getBytes(StandardCharsets.ISO_8859_1));
    if (limit < 0 || limit >= MAX) {
      throw invalid(text);
    }
    return limit;
  }

  /** The text of a limit, without a newline. */
  static String show(long limit) {
    return limit == MAX ? NONE : Long.toString(limit);
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no number of tasks: write 0 to %d, or max".formatted(text, MAX - 1));
  }
}
