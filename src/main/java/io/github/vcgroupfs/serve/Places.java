package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Finds what an edit is about, and refuses what is not inside: a group is a directory below the one
 * that is served, on the same file system, and no link leads to it; a file is one that is there.
 * Immutable.
 */
final class Places {
  /**
   * Files of a controller and our own: a word and a dot come first. Those of every hierarchy are
   * left out. A token moves no processes by them, and starts no program (a release agent).
   */
  private static final Pattern EDITABLE = Pattern.compile("(?!cgroup\\.)[a-z_]+\\.[A-Za-z0-9_.]+");

  private final Path top;
  private final Object device;

  /** Those below a directory. */
  Places(Path top) throws IOException {
    this.top = top;
    this.device = device(top);
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  /** The directory of a group. */
  Path group(Path directory) throws ErrnoException {
    Path inside = inside(directory);
    for (Path each = inside; !each.equals(top); each = parent(each)) {
      check(each, Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS), "group");
    }
    return inside;
  }

  /** A group that is to be made: the one above it is there. */
  Path newGroup(Path directory) throws ErrnoException {
    Path inside = inside(directory);
    if (inside.equals(top)) {
      throw new ErrnoException(Errno.EEXIST, "%s is there: a new group is below it".formatted(top));
    }
    group(parent(inside));
    return inside;
  }

  /** A file in a group. */
  Path file(Path directory, String name) throws ErrnoException {
    Path group = group(directory);
    if (!EDITABLE.matcher(name).matches()) {
      throw new ErrnoException(
          Errno.EPERM,
          "\"%s\" is not changed through the page: it changes files of a controller and sim.*;"
                  .formatted(name)
              + " what concerns processes is for a shell");
    }
    Path file = group.resolve(name);
    check(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "file");
    return file;
  }

  private Path inside(Path directory) throws ErrnoException {
    if (!directory.startsWith(top) || !directory.normalize().equals(directory)) {
      throw new ErrnoException(
          Errno.EACCES, "%s is not below %s, which is served".formatted(directory, top));
    }
    return directory;
  }

  private void check(Path path, boolean isRight, String what) throws ErrnoException {
    if (!isRight) {
      throw new ErrnoException(Errno.ENOENT, "there is no %s %s".formatted(what, path));
    }
    try {
      if (!device(path).equals(device)) {
        throw new ErrnoException(
            Errno.EXDEV, "%s is another file system, which is not served".formatted(path));
      }
    } catch (IOException gone) {
      throw new ErrnoException(Errno.ENOENT, "there is no %s %s".formatted(what, path));
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
