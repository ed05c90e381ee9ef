package io.github.vcgroupfs.plot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes pictures into files. */
final class PictureFile {
  private PictureFile() {}

  /** Writes what was painted; a failure names the file. */
  static void write(Canvas canvas, Path file) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    canvas.writeTo(picture);
    try {
      Files.write(file, picture.toByteArray());
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException failed) {
      FileSystemException named =
          new FileSystemException(file.toString(), null, failed.getMessage());
      named.initCause(failed);
      throw named;
    }
  }
}
