package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Map;

/** Tells which errno an exception of {@code java.nio} stands for: by its class, or its text. */
final class Errnos {
  private static final Map<Class<?>, Errno> BY_CLASS =
      Map.of(
          NoSuchFileException.class, Errno.ENOENT,
          FileAlreadyExistsException.class, Errno.EEXIST,
          AccessDeniedException.class, Errno.EACCES,
          DirectoryNotEmptyException.class, Errno.ENOTEMPTY,
          NotDirectoryException.class, Errno.ENOTDIR);

  private Errnos() {}

  /** The same as a refusal. */
  static ErrnoException of(IOException thrown) {
    Errno errno = BY_CLASS.get(thrown.getClass());
    return new ErrnoException(errno == null ? byText(thrown) : errno, thrown.toString());
  }

  private static Errno byText(IOException thrown) {
    String reason =
        thrown instanceof FileSystemException failure ? failure.getReason() : thrown.getMessage();
    String text = String.valueOf(reason).replaceFirst(".*extended attribute.*: ", "");
    return Arrays.stream(Errno.values())
        .filter(errno -> errno.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no errno has this text: " + reason, thrown));
  }
}
