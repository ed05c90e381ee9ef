package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what may not be there. The kernel keeps that answer as a negative dentry; for us it is
 * null. Has no state.
 */
final class Absence {
  private Absence() {}

  /** What is asked. */
  interface Question<T> {
    T ask() throws ErrnoException;
  }

  /** The answer, or null if it is ENOENT. */
  static <T> @Nullable T orNull(Question<T> question) throws ErrnoException {
    try {
      return question.ask();
    } catch (ErrnoException refusal) {
      if (refusal.errno() == Errno.ENOENT) {
        return null;
      }
      throw refusal;
    }
  }
}
