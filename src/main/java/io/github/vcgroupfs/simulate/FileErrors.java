package io.github.vcgroupfs.simulate;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Adds the name of the file to the exception of a stream, which does not know it. */
final class FileErrors {
  private FileErrors() {}

  /** The same failure as one of the file. */
  static IOException of(Path file, IOException failed) {
    if (failed instanceof FileSystemException) {
      return failed;
    }
    FileSystemException named = new FileSystemException(file.toString(), null, failed.getMessage());
    named.initCause(failed);
    return named;
  }
}
