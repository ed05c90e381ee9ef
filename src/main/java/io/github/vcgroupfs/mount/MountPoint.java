package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;

/**
 * A mount point: an absolute path without symbolic links, as the kernel lists it. The path is found
 * without touching FUSE mounts on the way, because a dead or hanging daemon would fail or block
 * whoever looks. Immutable.
 *
 * @param path the path for Java
 * @param bytes the path as the kernel lists it, one char for each byte
 */
public record MountPoint(Path path, String bytes) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final char REPLACEMENT = '\ufffd';

  /** MAXSYMLINKS in {@code include/linux/namei.h}. */
  private static final int MAX_LINKS = 40;

  /**
   * The mount point that a name on the command line means.
   *
   * @param folder the folder that a relative name starts from
   * @throws MountException if the name cannot be used, or a file system on the way does not answer
   */
  public static MountPoint resolve(Path folder, String name) throws MountException {
    try {
      Path wanted = folder.resolve(name);
      requireText(wanted);
      Path path = Bounded.call("resolve", LIMIT, () -> walk(wanted, MountTable.read()));
      return new MountPoint(path, NativeText.toBytes(path.toString()));
    } catch (InvalidPathException e) {
      throw MountException.failed(name + " is no usable name: " + e.getReason());
    } catch (IOException | IllegalStateException e) {
      throw MountException.failed("cannot find %s: %s".formatted(name, e.getMessage()));
    } catch (TimeoutException e) {
      throw MountException.failed(
          "cannot find %s: a file system on the way does not answer".formatted(name));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
  }

  /** The mount point of a mount. */
  public static MountPoint of(MountEntry entry) {
    String bytes = entry.mountPoint();
    return new MountPoint(Path.of(NativeText.toText(bytes)), bytes);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** Java has put a replacement for what it could not decode, so it would name another file. */
  private static void requireText(Path path) throws MountException {
    if (path.toString().indexOf(REPLACEMENT) >= 0) {
      throw MountException.failed(
          ("%s cannot be a mount point: where it shows %c there are bytes that are no text in"
                  + " %s, the encoding of this locale; "
                  + "take another name, or set LC_ALL to a locale in which they are text")
              .formatted(path, REPLACEMENT, NativeText.charset()));
    }
  }

  /** As the kernel walks a path, but for mount points of FUSE, which are no symbolic links. */
  private static Path walk(Path wanted, MountTable table) throws IOException {
    Path root = Path.of("/");
    Path at = root;
    Deque<Path> rest = new ArrayDeque<>();
    wanted.forEach(rest::add);
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.remove().toString();
      Path next = at.resolve(name);
      if (name.equals("..")) {
        at = at.getParent() == null ? root : at.getParent();
      } else if (!isHere(name)
          && !table.isFuseMountPoint(NativeText.toBytes(next.toString()))
          && Files.isSymbolicLink(next)) {
        if (++links > MAX_LINKS) {
          throw new IOException("too many symbolic links");
        }
        Path target = Files.readSymbolicLink(next);
        at = target.isAbsolute() ? root : at;
        Deque<Path> inserted = new ArrayDeque<>();
        target.forEach(inserted::add);
        inserted.descendingIterator().forEachRemaining(rest::addFirst);
      } else if (!isHere(name)) {
        at = next;
      }
    }
    return at;
  }

  private static boolean isHere(String name) {
    return name.isEmpty() || name.equals(".");
  }
}
