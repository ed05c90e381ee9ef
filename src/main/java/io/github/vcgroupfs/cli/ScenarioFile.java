package io.github.vcgroupfs.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where scenarios come from. */
final class ScenarioFile {
  private ScenarioFile() {}

  /** Opens that file; null: standard input. */
  static BufferedReader open(@Nullable Path path) throws IOException {
    if (path != null && Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    InputStream in = path == null ? System.in : Files.newInputStream(path);
    // what is not UTF-8 is replaced, so that the line that holds it is named
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }
}
