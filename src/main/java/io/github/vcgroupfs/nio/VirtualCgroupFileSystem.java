package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.injvm.World;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.vfs.Vfs;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A file system of control groups in this JVM. What {@link java.nio.file.Files} and channels do
 * with its paths ends as it does on Linux with a mounted cgroup v1: with the same values, and with
 * the same exceptions and messages. Each exception has the refusal as its cause, with a sentence
 * that says what would have worked.
 *
 * <p>Relative paths begin at {@link #root()}. Paths are encoded in UTF-8. Root owns everything; a
 * file system that is opened for another user asks that user's permissions. The umask is 022.
 *
 * <p>Thread-safe.
 */
public final class VirtualCgroupFileSystem extends FileSystem {
  private static final Set<String> VIEWS = Set.of("basic", "posix", "unix", "owner", "dos", "user");

  private final Identity identity;
  private final World world;
  private final Vfs vfs;
  private final PathHome home;
  private final Cgroups cgroups;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Who a file system is among those of a provider. Immutable.
   *
   * @param provider its provider
   * @param name its name in addresses
   * @param dev its device number; one less is that of the directories above the mount
   * @param closed forgets it
   */
  record Identity(FileSystemProvider provider, String name, long dev, Runnable closed) {}

  /**
   * A file system that shows a world.
   *
   * @param world is closed with the file system
   * @param mountPoint where the hierarchy is, or the directories of several: absolute. The
   *     directories above it exist and are read-only
   */
  VirtualCgroupFileSystem(Identity identity, World world, String mountPoint) {
    this.identity = identity;
    this.world = world;
    Caller user = world.settings().self();
    this.vfs =
        new Vfs(
            world.files(),
            () -> user,
            PathBytes.normalize(PathBytes.of(mountPoint)),
            identity.dev());
    this.home = new PathHome(this, identity.name(), vfs, vfs.mountPoint());
    this.cgroups =
        new WorldCgroups(
            world, path -> path(PathBytes.resolve(vfs.mountPoint(), path.replaceFirst("^/", ""))));
  }

  /**
   * Chooses what the file system is to be like.
   *
   * @return a builder with all its defaults
   */
  public static VirtualCgroupFileSystemBuilder builder() {
    return new VirtualCgroupFileSystemBuilder();
  }

  /** {@return the test's side: groups, processes, faults, time, and what was called} */
  public Cgroups cgroups() {
    return cgroups;
  }

  /** {@return the directory where the groups begin, such as {@code /sys/fs/cgroup/memory}} */
  public Path root() {
    return new CgroupPath(home, vfs.mountPoint());
  }

  /** A path of bytes, with one char for each. */
  CgroupPath path(String bytes) {
    return new CgroupPath(home, bytes);
  }

  /** {@return the name that the file system has in addresses: {@code cgroup:/name}} */
  public String name() {
    return identity.name();
  }

  @Override
  public FileSystemProvider provider() {
    return identity.provider();
  }

  /**
   * Closes it, and everything that it stands on. What is done afterwards with its paths and
   * channels fails with {@link java.nio.file.ClosedFileSystemException}. Again is no harm.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      identity.closed().run();
      home.close();
      world.close();
    }
  }

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(new CgroupPath(home, "/"));
  }

  /** The directories above the mount, if there are any, and the mount. */
  @Override
  public Iterable<FileStore> getFileStores() {
    FileStore mount = new CgroupFileStore(vfs, false);
    return vfs.mountPoint().equals("/")
        ? List.of(mount)
        : List.of(new CgroupFileStore(vfs, true), mount);
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return VIEWS;
  }

  @Override
  public Path getPath(String first, String... more) {
    StringBuilder path = new StringBuilder(first);
    for (String each : more) {
      if (!each.isEmpty()) {
        path.append(path.isEmpty() ? "" : "/").append(each);
      }
    }
    return new CgroupPath(home, PathBytes.of(path.toString()));
  }

  /** Knows {@code glob} and {@code regex}. */
  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException();
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String input = syntaxAndPattern.substring(colon + 1);
    Pattern pattern =
        Pattern.compile(
            switch (syntax.toLowerCase(Locale.ROOT)) {
              case "glob" -> Globs.toRegex(input);
              case "regex" -> input;
              default ->
                  throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
            });
    return path -> pattern.matcher(path.toString()).matches();
  }

  /** Knows root by name, and everybody by number: there is no list of users here. */
  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return new Principals();
  }

  /**
   * Tells of what is done in groups through this file system, as inotify does on a mounted cgroup
   * v1: groups that are made, removed and renamed, files that are written and get other attributes.
   * It does not tell that a value in a file has changed by itself; nor does Linux.
   */
  @Override
  public WatchService newWatchService() {
    home.vfs();
    return new CgroupWatchService(home);
  }

  @Override
  public String toString() {
    return "cgroup:/" + name();
  }
}
