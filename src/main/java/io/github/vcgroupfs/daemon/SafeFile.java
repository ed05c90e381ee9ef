package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.os.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Opens files for writing where others may have planted something: in {@code /tmp}, or in a folder
 * that a name can be guessed in. A link or a file of another user is not used, nor one that has a
 * second name. The kernel has rules of that kind too ({@code fs/namei.c may_follow_link}, {@code
 * may_create_in_sticky}), but they can be switched off and are only about sticky folders.
 *
 * <p>What belongs to this user or to root is trusted: in a sticky folder nobody else can exchange
 * it. A folder that others may write, and that is not sticky, remains theirs. Has no state.
 */
final class SafeFile {
  private static final String ONLY_OURS = "rw-------";

  private SafeFile() {}

  /**
   * What a path leads to, through links of trusted users only.
   *
   * @throws FileSystemException if a part of it is a link of another user
   */
  static Path resolve(Path path) throws IOException {
    Path at = Objects.requireNonNull(path.toAbsolutePath().getRoot());
    for (Path name : path.toAbsolutePath()) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at) && !isTrusted(at)) {
        throw refused(at, "is a symbolic link");
      }
    }
    return Files.isRegularFile(at) ? at.toRealPath() : at;
  }

  /**
   * Opens a file at its end. If it is missing it is made, for this user alone.
   *
   * @param file as {@link #resolve} returned it
   * @throws FileSystemException if it belongs to another user, or has a second name
   */
  static OutputStream append(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) { // such as /dev/stderr, which leads to no name
      return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile( // fails if somebody is faster
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ONLY_OURS)));
    } else if (!isTrusted(file)) {
      throw refused(file, "is there already, and");
    } else if (Files.isRegularFile(file) && number(file, "nlink") > 1) {
      throw new FileSystemException(
          file.toString(),
          null,
          "it has a second name, a hard link; remove it or take another name");
    }
    return Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Begins a file anew. The one that is there gets another name.
   *
   * @param older the name; what has it goes
   * @return the new file, opened
   */
  static OutputStream beginAnew(Path file, Path older) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    // Under a name that nobody can guess: between two names somebody could take the old one.
    Path next = Files.createTempFile(folder, file.getFileName() + ".", null);
    boolean done = false;
    try {
      OutputStream out =
          Files.newOutputStream(next, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      done = true;
      return out;
    } finally {
      if (!done) {
        Files.deleteIfExists(next);
      }
    }
  }

  /** Whether it belongs to this user or to root, who is another one in a user namespace. */
  private static boolean isTrusted(Path file) throws IOException {
    int owner = number(file, "uid");
    return owner == Identity.self().uid() || owner == 0 || owner == number(Path.of("/"), "uid");
  }

  private static int number(Path file, String attribute) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileSystemException refused(Path file, String what) throws IOException {
    return new FileSystemException(
        file.toString(),
        null,
        "%s %s of uid %s, who could have planted it; remove it or take another name"
            .formatted(file, what, Integer.toUnsignedString(number(file, "uid"))));
  }
}
