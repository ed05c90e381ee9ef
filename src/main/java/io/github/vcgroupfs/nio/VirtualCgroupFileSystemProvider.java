package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.Stat;
import io.github.vcgroupfs.vfs.Vfs;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The provider of file systems with the scheme {@code cgroup}. The JDK finds it by itself. {@code
 * cgroup:/name} is a file system, {@code cgroup:/name!/sys/fs/cgroup/memory/web} a path in it.
 *
 * <p>Each operation makes the system calls that the JDK's own provider makes on Linux, in its
 * order, and its exceptions of their errors. Where JDKs differ it does as the one that it runs on.
 *
 * <p>Thread-safe.
 */
public final class VirtualCgroupFileSystemProvider extends FileSystemProvider {
  private static final int ALL_PERMISSIONS = 0777;

  private final OpenFileSystems open = new OpenFileSystems(this);

  /** For the JDK: open file systems with a builder, or with {@code FileSystems}. */
  public VirtualCgroupFileSystemProvider() {
    // the superclass wants a public constructor
  }

  /** The one that the JDK has found; where it has found none, a new one. */
  static VirtualCgroupFileSystemProvider installed() {
    for (FileSystemProvider each : FileSystemProvider.installedProviders()) {
      if (each instanceof VirtualCgroupFileSystemProvider ours) {
        return ours;
      }
    }
    return new VirtualCgroupFileSystemProvider();
  }

  /**
   * Opens a file system.
   *
   * @param name its name in addresses; null for a number
   * @param maker makes it
   */
  VirtualCgroupFileSystem open(@Nullable String name, OpenFileSystems.Maker maker) {
    return open.open(name, maker);
  }

  @Override
  public String getScheme() {
    return PathUris.SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    String name = PathUris.name(uri);
    open.requireFree(name);
    return BuilderOptions.of(env).open(this, name);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return open.named(PathUris.name(uri));
  }

  @Override
  public Path getPath(URI uri) {
    VirtualCgroupFileSystem fileSystem = open.named(PathUris.name(uri));
    String path = PathUris.path(uri);
    return path == null ? fileSystem.root() : fileSystem.path(path);
  }

  private static Vfs vfs(CgroupPath path) {
    return path.home().vfs();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
    return new CgroupFileChannel(opened(path, options, attrs), true);
  }

  private static OpenChannel opened(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
    CgroupPath file = CgroupPath.of(path);
    FileModes.initial(0, attrs);
    return OpenOptions.of(options).open(file.home(), file.at(), file);
  }

  /**
   * As {@link #newFileChannel}, but an interrupt does not close the channel. In the JDK it does not
   * for those of {@code Files.readString} and its like, and nobody can see who asks.
   */
  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
    return new CgroupFileChannel(opened(path, options, attrs), false);
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attrs)
      throws IOException {
    CgroupPath file = CgroupPath.of(path);
    FileModes.initial(0, attrs);
    OpenChannel opened = OpenOptions.of(options).openAsynchronous(file.home(), file.at(), file);
    return new CgroupAsyncChannel(opened, executor == null ? file.home().threads() : executor);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path dir, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return CgroupDirectoryStream.open(CgroupPath.of(dir), Objects.requireNonNull(filter));
  }

  @Override
  public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
    CgroupPath directory = CgroupPath.of(dir);
    int mode = FileModes.initial(ALL_PERMISSIONS, attrs);
    Outcome<Boolean> made = Outcome.done(() -> vfs(directory).mkdir(directory.at(), mode));
    if (made.is(Errno.EISDIR)) {
      throw made.because(new FileAlreadyExistsException(directory.toString()));
    }
    made.orThrow(directory);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attrs)
      throws IOException {
    CgroupPath name = CgroupPath.of(link);
    CgroupPath to = CgroupPath.of(target);
    if (attrs.length > 0) {
      FileModes.initial(0, attrs);
      throw new UnsupportedOperationException(
          "Initial file attributes%snot supported when creating symbolic link"
              .formatted(Jdk.FORGETS_A_BLANK ? "" : " "));
    }
    Outcome.done(() -> vfs(name).symlink(to.bytes(), name.at())).orThrow(name);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    CgroupPath name = CgroupPath.of(link);
    CgroupPath file = CgroupPath.of(existing);
    Outcome.done(() -> vfs(name).link(file.at(), name.at())).orThrow(name, file);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    CgroupPath name = CgroupPath.of(link);
    Outcome<String> read = Outcome.of(() -> vfs(name).readlink(name.at()));
    if (read.is(Errno.EINVAL)) {
      throw read.because(new NotLinkException(name.toString()));
    }
    return new CgroupPath(name.home(), read.orThrow(name));
  }

  @Override
  public void delete(Path path) throws IOException {
    deleteIfThere(CgroupPath.of(path), true);
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return deleteIfThere(CgroupPath.of(path), false);
  }

  /** Looks first what it is, and then removes it as a directory or as a file. */
  private static boolean deleteIfThere(CgroupPath file, boolean required) throws IOException {
    Outcome<Stat> found = Outcome.restarted(() -> vfs(file).stat(file.at(), false));
    if (!required && found.is(Errno.ENOENT)) {
      return false;
    }
    boolean directory = found.orThrow(file).isDirectory();
    Outcome<Boolean> removed =
        Outcome.done(
            () -> {
              if (directory) {
                vfs(file).rmdir(file.at());
              } else {
                vfs(file).unlink(file.at());
              }
            });
    if (!required && removed.is(Errno.ENOENT)) {
      return false;
    }
    if (directory && removed.isNotEmpty()) {
      throw removed.because(new DirectoryNotEmptyException(file.toString()));
    }
    return removed.orThrow(file);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    CgroupPath from = CgroupPath.of(source);
    CgroupPath to = CgroupPath.of(target);
    new CopyMove(from, to, CopyOptions.ofCopy(options)).copy();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    CgroupPath from = CgroupPath.of(source);
    CgroupPath to = CgroupPath.of(target);
    new CopyMove(from, to, CopyOptions.ofMove(options)).move();
  }

  @Override
  public boolean isSameFile(Path path, Path path2) throws IOException {
    CgroupPath file = CgroupPath.of(path);
    if (file.equals(path2)) {
      return true;
    }
    if (!(Objects.requireNonNull(path2) instanceof CgroupPath other)) {
      return false;
    }
    Stat a = Outcome.restarted(() -> vfs(file).stat(file.at(), true)).orThrow(file);
    Stat b = Outcome.restarted(() -> vfs(other).stat(other.at(), true)).orThrow(other);
    return file.home() == other.home() && a.isSameFile(b);
  }

  @Override
  public boolean isHidden(Path path) {
    CgroupPath file = CgroupPath.of(path);
    CgroupPath name = file.getFileName();
    return name != null && name.bytes().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    CgroupPath file = CgroupPath.of(path);
    Stat stat = Outcome.restarted(() -> vfs(file).stat(file.at(), true)).orThrow(file);
    return new CgroupFileStore(vfs(file), stat.dev() != vfs(file).dev());
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    CgroupPath file = CgroupPath.of(path);
    int mask = Vfs.F_OK;
    for (AccessMode mode : modes) {
      mask |=
          switch (mode) {
            case READ -> Vfs.R_OK;
            case WRITE -> Vfs.W_OK;
            case EXECUTE -> Vfs.X_OK;
          };
    }
    int asked = mask;
    Outcome<Boolean> outcome =
        Outcome.restarted(
            () -> {
              vfs(file).access(file.at(), asked);
              return true;
            });
    if (Jdk.NAME_BELOW_FILE_IS_ABSENT && outcome.is(Errno.ENOTDIR)) {
      throw outcome.failure(Errno.ENOENT, file, null);
    }
    outcome.orThrow(file);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    FileAttributeView view = Views.ofType(viewed(path, options), Objects.requireNonNull(type));
    return type.cast(view);
  }

  private static ViewedFile viewed(Path path, LinkOption... options) {
    return new ViewedFile(CgroupPath.of(path), CgroupPath.followsLinks(options));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    Class<? extends BasicFileAttributeView> view = Views.ofAttributes(type);
    BasicFileAttributeView there = getFileAttributeView(path, view, options);
    return type.cast(Objects.requireNonNull(there).readAttributes());
  }

  /**
   * For newer JDKs, which ask so before they ask for attributes.
   *
   * @param <A> the type of the attributes
   * @param path a file of this provider
   * @param type the class of that type
   * @param options whether to follow links
   * @return the attributes; null if there is no such file
   * @throws IOException as of {@code readAttributes}, for all other errors
   */
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    CgroupPath file = CgroupPath.of(path);
    boolean follow = CgroupPath.followsLinks(options);
    Outcome<Stat> found = Outcome.restarted(() -> vfs(file).stat(file.at(), follow));
    if (found.is(Errno.ENOENT)) {
      return null;
    }
    if (type == BasicFileAttributes.class && follow) {
      return type.cast(new BasicAttributes(found.orThrow(file)));
    }
    return readAttributes(path, type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    Views.Name name = Views.Name.of(attributes);
    return Views.named(viewed(path, options), name.view()).readAttributes(name.attribute());
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Views.Name name = Views.Name.of(attribute);
    Views.named(viewed(path, options), name.view()).setAttribute(name.attribute(), value);
  }
}
