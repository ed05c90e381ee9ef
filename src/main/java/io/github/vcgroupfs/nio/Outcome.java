package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a system call came back with: a value, or an errno. Makes the exceptions of it that the JDK
 * makes on Linux. The cause of each is the refusal, with its sentence. Immutable.
 */
final class Outcome<T> {
  private final @Nullable T value;
  private final @Nullable ErrnoException refusal;

  private Outcome(@Nullable T value, @Nullable ErrnoException refusal) {
    this.value = value;
    this.refusal = refusal;
  }

  /** A system call. */
  interface Call<T> {
    T make() throws ErrnoException;
  }

  /** A system call that returns nothing. */
  interface Action {
    void make() throws ErrnoException;
  }

  /** Makes a call. */
  static <T> Outcome<T> of(Call<T> call) {
    try {
      return new Outcome<>(call.make(), null);
    } catch (ErrnoException refusal) {
      return new Outcome<>(null, refusal);
    }
  }

  /** Makes a call, and makes it again as long as it is EINTR: the RESTARTABLE of the JDK. */
  static <T> Outcome<T> restarted(Call<T> call) {
    Outcome<T> outcome = of(call);
    while (outcome.is(Errno.EINTR)) {
      outcome = of(call);
    }
    return outcome;
  }

  /** Makes a call that returns nothing. */
  static Outcome<Boolean> done(Action action) {
    return of(
        () -> {
          action.make();
          return true;
        });
  }

  /** Whether there is a value. */
  boolean isOk() {
    return refusal == null;
  }

  /** Whether it failed with this error. */
  boolean is(Errno errno) {
    return refusal != null && refusal.errno() == errno;
  }

  /** Whether it failed because a directory is not empty, as the JDK sees it. */
  boolean isNotEmpty() {
    return is(Errno.EEXIST) || is(Errno.ENOTEMPTY);
  }

  /** The value, or an exception that names a file. */
  T orThrow(@Nullable Path file) throws IOException {
    return orThrow(file, null);
  }

  /** The value, or an exception that names two files. */
  T orThrow(@Nullable Path file, @Nullable Path other) throws IOException {
    T there = value;
    if (there == null) {
      throw failure(file, other);
    }
    return there;
  }

  /** The value, or an exception that names no file: those of an open channel. */
  T orThrowPlain() throws IOException {
    T there = value;
    if (there == null) {
      throw because(new IOException(text()));
    }
    return there;
  }

  /** The value; null if there is none. */
  @Nullable T orNull() {
    return value;
  }

  /** The exception for a file, and perhaps another one. */
  IOException failure(@Nullable Path file, @Nullable Path other) {
    return failure(errno(), file, other);
  }

  /** The exception for a file, as if the errno were another one. */
  IOException failure(Errno as, @Nullable Path file, @Nullable Path other) {
    String a = file == null ? null : file.toString();
    String b = other == null ? null : other.toString();
    return because(
        switch (as) {
          case EACCES -> new AccessDeniedException(a, b, null);
          case ENOENT -> new NoSuchFileException(a, b, null);
          case EEXIST -> new FileAlreadyExistsException(a, b, null);
          case ELOOP ->
              new FileSystemException(
                  a, b, as.text() + " or unable to access attributes of symbolic link");
          default -> new FileSystemException(a, b, as.text());
        });
  }

  /** An exception with the refusal as its cause. */
  <E extends Exception> E because(E exception) {
    exception.initCause(refusal);
    return exception;
  }

  /** The text of {@code strerror}. */
  String text() {
    return errno().text();
  }

  private Errno errno() {
    ErrnoException there = refusal;
    if (there == null) {
      throw new IllegalStateException("the call did not fail");
    }
    return there.errno();
  }
}
