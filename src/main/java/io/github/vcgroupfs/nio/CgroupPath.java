package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.Stat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path as the JDK has them on Linux. Immutable. */
final class CgroupPath implements Path {
  private final PathHome home;
  private final String bytes;
  private final List<String> names;

  /**
   * A path.
   *
   * @param bytes one char for each byte, without double slashes and a slash at the end
   */
  CgroupPath(PathHome home, String bytes) {
    this.home = home;
    this.bytes = bytes;
    this.names = PathBytes.names(bytes);
  }

  /**
   * The path, if it is one of ours.
   *
   * @throws ProviderMismatchException if not
   */
  static CgroupPath of(@Nullable Path path) {
    Objects.requireNonNull(path);
    if (path instanceof CgroupPath ours) {
      return ours;
    }
    throw new ProviderMismatchException();
  }

  /** The path, if it is of the same file system. */
  private CgroupPath neighbour(@Nullable Path path) {
    CgroupPath other = of(path);
    if (home != other.home) {
      throw new ProviderMismatchException();
    }
    return other;
  }

  PathHome home() {
    return home;
  }

  /** One char for each byte. */
  String bytes() {
    return bytes;
  }

  /** As a system call is given it. */
  At at() {
    return home.at(bytes);
  }

  private CgroupPath path(String other) {
    return new CgroupPath(home, other);
  }

  private CgroupPath path(boolean absolute, List<String> parts) {
    return path(PathBytes.join(absolute, parts));
  }

  @Override
  public FileSystem getFileSystem() {
    return home.fileSystem();
  }

  @Override
  public boolean isAbsolute() {
    return PathBytes.isAbsolute(bytes);
  }

  @Override
  public @Nullable CgroupPath getRoot() {
    return isAbsolute() ? path("/") : null;
  }

  @Override
  public @Nullable CgroupPath getFileName() {
    return names.isEmpty() ? null : path(names.get(names.size() - 1));
  }

  @Override
  public @Nullable CgroupPath getParent() {
    int count = names.size();
    return count > 1
        ? path(isAbsolute(), names.subList(0, count - 1))
        : count == 0 ? null : getRoot();
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public CgroupPath getName(int index) {
    if (index < 0 || index >= names.size()) {
      throw new IllegalArgumentException();
    }
    return path(names.get(index));
  }

  @Override
  public CgroupPath subpath(int beginIndex, int endIndex) {
    if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
      throw new IllegalArgumentException();
    }
    return path(false, names.subList(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    if (!(Objects.requireNonNull(other) instanceof CgroupPath that) || home != that.home) {
      return false;
    }
    int count = that.names.size();
    return isAbsolute() == that.isAbsolute()
        && count <= names.size()
        && names.subList(0, count).equals(that.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(Objects.requireNonNull(other) instanceof CgroupPath that) || home != that.home) {
      return false;
    }
    if (that.isAbsolute() || that.bytes.isEmpty()) {
      return bytes.equals(that.bytes);
    }
    int from = names.size() - that.names.size();
    return from >= 0 && names.subList(from, names.size()).equals(that.names);
  }

  @Override
  public CgroupPath normalize() {
    String normal = bytes.isEmpty() ? bytes : PathBytes.normalize(bytes);
    return normal.equals(bytes) ? this : path(normal);
  }

  @Override
  public CgroupPath resolve(Path other) {
    CgroupPath that = neighbour(other);
    return that.isAbsolute() ? that : path(PathBytes.resolve(bytes, that.bytes));
  }

  @Override
  public CgroupPath relativize(Path other) {
    CgroupPath that = neighbour(other);
    if (that.equals(this)) {
      return path("");
    }
    if (isAbsolute() != that.isAbsolute()) {
      throw new IllegalArgumentException("'other' is different type of Path");
    }
    if (bytes.isEmpty()) {
      return that;
    }
    boolean dots = hasDots(names) || hasDots(that.names);
    List<String> from = significant(dots ? normalize() : this);
    List<String> to = significant(dots ? that.normalize() : that);
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    List<String> left = from.subList(common, from.size());
    if (hasDots(left)) {
      throw new IllegalArgumentException(
          "Unable to compute relative  path from " + this + " to " + other);
    }
    List<String> relative = new ArrayList<>(Collections.nCopies(left.size(), ".."));
    relative.addAll(to.subList(common, to.size()));
    return path(false, relative);
  }

  private static List<String> significant(CgroupPath path) {
    return path.bytes.isEmpty() ? List.of() : path.names;
  }

  private static boolean hasDots(List<String> names) {
    return names.contains(".") || names.contains("..");
  }

  @Override
  public CgroupPath toAbsolutePath() {
    return isAbsolute() ? this : path(PathBytes.resolve(home.workingDirectory(), bytes));
  }

  @Override
  public CgroupPath toRealPath(LinkOption... options) throws IOException {
    CgroupPath absolute = toAbsolutePath();
    if (followsLinks(options)) {
      return path(Outcome.of(() -> home.vfs().realpath(absolute.at())).orThrow(this));
    }
    CgroupPath real = path("/");
    boolean afterDots = false;
    for (String name : absolute.names) {
      if (name.equals(".")) {
        continue;
      }
      boolean dots = name.equals("..");
      if (dots && !real.lstat().isLink() && !(afterDots && Jdk.KEEPS_DOTS_AFTER_DOTS)) {
        CgroupPath parent = real.getParent();
        real = parent == null ? path("/") : parent;
        continue;
      }
      afterDots = dots;
      real = path(PathBytes.resolve(real.bytes, name));
    }
    real.lstat();
    return real;
  }

  private Stat lstat() throws IOException {
    return Outcome.of(() -> home.vfs().stat(at(), false)).orThrow(this);
  }

  /** Whether links are followed. */
  static boolean followsLinks(LinkOption... options) {
    boolean follows = true;
    for (LinkOption option : options) {
      switch (Objects.requireNonNull(option)) {
        case NOFOLLOW_LINKS -> follows = false;
      }
    }
    return follows;
  }

  @Override
  public URI toUri() {
    Stat stat = Outcome.of(() -> home.vfs().stat(at(), true)).orNull();
    boolean directory = stat != null && stat.isDirectory();
    return PathUris.of(home.name(), toAbsolutePath().bytes, directory);
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (Objects.requireNonNull(watcher) instanceof DirectoryWatcher ours) {
      return ours.register(this, Arrays.asList(events), Arrays.asList(modifiers));
    }
    throw new ProviderMismatchException();
  }

  @Override
  public int compareTo(Path other) {
    return bytes.compareTo(((CgroupPath) other).bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CgroupPath that && home == that.home && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return PathBytes.text(bytes);
  }
}
