package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calls from libfuse into our code pass through here. A refusal becomes its negative errno. Any
 * other exception becomes EIO and a line in the log. No exception may leave a callback, because it
 * would be lost in native code: a read would look empty, and a write would return 0, which shells
 * then repeat without end. Has no state.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private Dispatcher() {}

  /**
   * Runs one operation.
   *
   * @param operation the name it has in C
   * @param path what it is about; null where libfuse gives only a handle
   * @return what the operation returned, or a negative errno
   */
  static int call(String operation, @Nullable String path, Body body) {
    try {
      return body.run();
    } catch (ErrnoException refusal) {
      return refused(operation, path, refusal);
    } catch (Throwable defect) { // Errors, too: see above
      return failed(operation, path, defect);
    }
  }

  private static int refused(String operation, @Nullable String path, ErrnoException refusal) {
    int errno = refusal.errno().number();
    try {
      LOG.debug("{} {}: {}", operation, path == null ? "(handle)" : path, refusal.getMessage());
    } catch (Throwable defect) {
      return failed(operation, path, defect);
    }
    return -errno;
  }

  /** What an operation returns that threw something else than a refusal: EIO. It is logged. */
  static int failed(String operation, @Nullable String path, Throwable defect) {
    try {
      LOG.error("{} {} failed", operation, path == null ? "(handle)" : path, defect);
    } catch (Throwable hopeless) {
      // Out of memory or stack: the errno has to do.
    }
    return -Errno.EIO.number();
  }

  /** An operation: 0 or more, or a refusal. */
  interface Body {
    int run() throws ErrnoException;
  }
}
