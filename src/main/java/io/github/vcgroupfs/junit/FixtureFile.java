package io.github.vcgroupfs.junit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fixture as a file, or none. One in a jar is copied; {@link #close} removes the copy. */
final class FixtureFile implements AutoCloseable {
  private static final String CLASS_PATH = "classpath:";

  private final @Nullable Path file;
  private final @Nullable Path folder;

  private FixtureFile(@Nullable Path file, @Nullable Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * Looks for it.
   *
   * @param loader the class path of the test
   */
  static FixtureFile find(Optional<Attribute<String>> wanted, ClassLoader loader)
      throws IOException {
    if (wanted.isEmpty()) {
      return new FixtureFile(null, null);
    }
    Attribute<String> attribute = wanted.get();
    String name = attribute.value();
    return name.startsWith(CLASS_PATH)
        ? onClassPath(attribute, name.substring(CLASS_PATH.length()), loader)
        : new FixtureFile(inFolder(attribute, name), null);
  }

  private static Path inFolder(Attribute<String> attribute, String name) {
    try {
      Path file = Path.of(name).toAbsolutePath();
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw attribute.wrong(
          "there is no file %s: name one relative to the working directory, or classpath:NAME"
              .formatted(file));
    } catch (InvalidPathException e) {
      throw attribute.wrong("no file can have that name: " + e.getReason());
    }
  }

  private static FixtureFile onClassPath(
      Attribute<String> attribute, String name, ClassLoader loader) throws IOException {
    String resource = name.startsWith("/") ? name.substring(1) : name;
    URL found = loader.getResource(resource);
    if (found == null) {
      throw attribute.wrong(
          "the class path of the test has no %s: put it into src/test/resources, or name a file"
              .formatted(resource));
    }
    if (found.getProtocol().equals("file")) {
      try {
        return new FixtureFile(Path.of(found.toURI()), null);
      } catch (URISyntaxException e) {
        throw new IOException("no file: " + found, e);
      }
    }
    Path folder = Files.createTempDirectory("vcgroupfs-fixture");
    Path copy = folder.resolve(Objects.requireNonNull(Path.of(resource).getFileName()).toString());
    FixtureFile file = new FixtureFile(copy, folder);
    try (InputStream in = found.openStream()) {
      Files.copy(in, copy);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The file, with an absolute path. */
  Optional<Path> path() {
    return Optional.ofNullable(file);
  }

  @Override
  public void close() throws IOException {
    if (folder != null && file != null) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }
}
