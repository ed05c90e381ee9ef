package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Gives what the kernel refuses to the test itself the shape of {@code java.nio.file}. */
final class Refusals {
  private Refusals() {}

  /** Something that may be refused. */
  interface Question<T> {
    T ask() throws ErrnoException;
  }

  /** The same, without an answer. */
  interface Order {
    void giveOut() throws ErrnoException;
  }

  /**
   * Asks.
   *
   * @param path what it is about, for the message
   */
  static <T> T ask(String path, Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (ErrnoException refusal) {
      throw exception(path, refusal);
    }
  }

  private static IOException exception(String path, ErrnoException refusal) {
    String reason = refusal.errno().text() + " (" + refusal.getMessage() + ")";
    IOException exception =
        refusal.errno() == Errno.EACCES
            ? new AccessDeniedException(path, null, reason)
            : refusal.errno() == Errno.EEXIST
                ? new FileAlreadyExistsException(path, null, reason)
                : refusal.errno() == Errno.ENOENT
                    ? new NoSuchFileException(path, null, reason)
                    : new FileSystemException(path, null, reason);
    exception.initCause(refusal);
    return exception;
  }

  /** Gives an order. */
  static void order(String path, Order order) throws IOException {
    ask(
        path,
        () -> {
          order.giveOut();
          return path;
        });
  }
}
