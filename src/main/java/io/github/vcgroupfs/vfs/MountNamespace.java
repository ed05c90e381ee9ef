package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tree that paths lead through: a mount, and the directories above it. Those are a file system
 * of their own that is mounted read-only; each has one entry, which leads to the mount. Immutable.
 */
final class MountNamespace {
  private static final int ABOVE_MODE = 0755;
  private static final int LINKS = 3;

  private final FileCalls calls;
  private final List<String> names;
  private final long dev;
  private final Attributes.Times born;

  /**
   * A tree with one mount.
   *
   * @param mountPoint absolute, without {@code .}, {@code ..} and double slashes
   * @param dev the device number of the mount; one less is that of the directories above it
   */
  MountNamespace(FileCalls calls, String mountPoint, long dev) {
    this.calls = calls;
    this.names = names(mountPoint).toList();
    this.dev = dev;
    long nowNs = calls.nowNs();
    this.born = new Attributes.Times(nowNs, nowNs, nowNs);
  }

  /** The names in a path, in their order. */
  static Stream<String> names(String path) {
    return Stream.of(path.split("/", 0)).filter(name -> !name.isEmpty());
  }

  /** The top of the tree. */
  Dentry top(Caller who) throws ErrnoException {
    return names.isEmpty() ? inMount(who, "/") : above(0);
  }

  /** The root of the mount. */
  Dentry mountRoot(Caller who) throws ErrnoException {
    return inMount(who, "/");
  }

  /** The device number of the mount. */
  long dev() {
    return dev;
  }

  /** The path of the mount's root. */
  String mountPoint() {
    return "/" + String.join("/", names);
  }

  /** What a name in a directory leads to; null if there is nothing of that name. */
  @Nullable Dentry child(Caller who, Dentry directory, String name) throws ErrnoException {
    String inner = directory.inner();
    if (inner == null) {
      int depth = (int) names(directory.path()).count();
      if (!names.get(depth).equals(name)) {
        return null;
      }
      return depth + 1 == names.size() ? inMount(who, "/") : above(depth + 1);
    }
    String path = inner.length() == 1 ? "/" + name : inner + "/" + name;
    return Absence.orNull(() -> inMount(who, path));
  }

  /** The directory above; the top is its own parent. */
  Dentry parent(Caller who, Dentry directory) throws ErrnoException {
    String inner = directory.inner();
    if (inner == null || inner.length() == 1) {
      int depth = (int) names(directory.path()).count();
      return depth == 0 ? directory : above(depth - 1);
    }
    return inMount(who, inner.substring(0, Math.max(1, inner.lastIndexOf('/'))));
  }

  /** The names in a directory above the mount. */
  List<DirectoryEntry> entries(Dentry above) {
    int depth = (int) names(above.path()).count();
    return List.of(new DirectoryEntry(names.get(depth), depth + 2L, FileType.DIRECTORY));
  }

  /** What a path in the mount leads to. */
  Dentry inMount(Caller who, String inner) throws ErrnoException {
    String point = mountPoint();
    String path = point.length() == 1 ? inner : inner.length() == 1 ? point : point + inner;
    return new Dentry(path, inner, dev, calls.getattr(() -> who, inner));
  }

  private Dentry above(int depth) {
    Attributes attributes =
        new Attributes(depth + 1L, FileType.DIRECTORY, ABOVE_MODE, LINKS, 0, 0, 0, born);
    return new Dentry("/" + String.join("/", names.subList(0, depth)), null, dev - 1, attributes);
  }

  /** {@code mnt_want_write}: the directories above the mount are read-only. */
  static void wantWrite(Dentry file) throws ErrnoException {
    if (file.inner() == null) {
      throw new ErrnoException(
          Errno.EROFS,
          "%s is above the mount and read-only: work below the mount".formatted(file.path()));
    }
  }

  /** A name leads to nothing. */
  static ErrnoException nothing(Dentry directory, String name) {
    return new ErrnoException(
        Errno.ENOENT,
        "there is no %s in %s: ls shows what there is".formatted(name, directory.path()));
  }
}
