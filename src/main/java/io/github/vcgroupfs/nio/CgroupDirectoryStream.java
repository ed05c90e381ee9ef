package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open directory: what is in it, and calls on names in it, wherever it has been renamed to.
 * Thread-safe.
 */
final class CgroupDirectoryStream implements SecureDirectoryStream<Path> {
  private final CgroupPath directory;
  private final OpenFile open;
  private final DirectoryStream.@Nullable Filter<? super Path> filter;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean iterated = new AtomicBoolean();

  private CgroupDirectoryStream(
      CgroupPath directory, OpenFile open, DirectoryStream.@Nullable Filter<? super Path> filter) {
    this.directory = directory;
    this.open = open;
    this.filter = filter;
  }

  /** Opens a directory. */
  static CgroupDirectoryStream open(
      CgroupPath directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    OpenFile open = opened(directory, directory.at(), OpenHow.READ, directory);
    return new CgroupDirectoryStream(directory, open, Objects.requireNonNull(filter));
  }

  /** {@code open} and {@code fdopendir}: a file is opened first, and only then found to be one. */
  private static OpenFile opened(CgroupPath home, At at, OpenHow how, Path named)
      throws IOException {
    Outcome<OpenFile> outcome = Outcome.restarted(() -> home.home().vfs().open(at, how));
    if (outcome.is(Errno.ENOTDIR)) {
      throw outcome.because(new NotDirectoryException(named.toString()));
    }
    OpenFile open = outcome.orThrow(named);
    if (!Outcome.of(open::stat).orThrow(named).isDirectory()) {
      open.close();
      throw new NotDirectoryException(named.toString());
    }
    return open;
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ClosedDirectoryStreamException();
    }
  }

  /** A name in this directory, or an absolute path. */
  private At at(CgroupPath name) {
    return new At(open, name.bytes());
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed.get()) {
      throw new IllegalStateException("Directory stream is closed");
    }
    if (!iterated.compareAndSet(false, true)) {
      throw new IllegalStateException("Iterator already obtained");
    }
    return new DirectoryEntries(directory, open, () -> !closed.get(), filter);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.close();
    }
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    CgroupPath name = CgroupPath.of(path);
    boolean follow = CgroupPath.followsLinks(options);
    requireOpen();
    OpenHow how = follow ? OpenHow.READ : OpenHow.READ_NO_FOLLOW;
    return new CgroupDirectoryStream(
        directory.resolve(name), opened(directory, at(name), how, name), null);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
    CgroupPath name = CgroupPath.of(path);
    FileModes.initial(0, attrs);
    requireOpen();
    OpenChannel opened = OpenOptions.of(options).open(directory.home(), at(name), name);
    return new CgroupFileChannel(opened, true);
  }

  @Override
  public void deleteFile(Path path) throws IOException {
    CgroupPath name = CgroupPath.of(path);
    requireOpen();
    Outcome.done(() -> directory.home().vfs().unlink(at(name))).orThrow(name);
  }

  @Override
  public void deleteDirectory(Path path) throws IOException {
    CgroupPath name = CgroupPath.of(path);
    requireOpen();
    Outcome<Boolean> outcome = Outcome.done(() -> directory.home().vfs().rmdir(at(name)));
    if (outcome.isNotEmpty()) {
      throw outcome.because(new DirectoryNotEmptyException(null));
    }
    outcome.orThrow(name);
  }

  @Override
  public void move(Path srcpath, SecureDirectoryStream<Path> targetdir, Path targetpath)
      throws IOException {
    CgroupPath from = CgroupPath.of(srcpath);
    CgroupPath to = CgroupPath.of(targetpath);
    if (!(Objects.requireNonNull(targetdir) instanceof CgroupDirectoryStream that)
        || that.directory.home() != directory.home()) {
      throw new ProviderMismatchException();
    }
    requireOpen();
    that.requireOpen();
    Outcome<Boolean> outcome =
        Outcome.done(() -> directory.home().vfs().rename(at(from), that.at(to)));
    if (outcome.is(Errno.EXDEV)) {
      throw outcome.because(
          new AtomicMoveNotSupportedException(from.toString(), to.toString(), outcome.text()));
    }
    outcome.orThrow(from, to);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return view(new EntryView(directory, open, null, false, this::requireOpen), type);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    CgroupPath name = CgroupPath.of(path);
    boolean follow = CgroupPath.followsLinks(options);
    return view(new EntryView(directory, open, name, follow, this::requireOpen), type);
  }

  private static <V extends FileAttributeView> @Nullable V view(EntryView view, Class<V> type) {
    if (type == BasicFileAttributeView.class) {
      return type.cast(new EntryBasicView(view));
    }
    boolean posix = type == PosixFileAttributeView.class || type == FileOwnerAttributeView.class;
    return posix ? type.cast(view) : Objects.requireNonNull(type).cast(null);
  }
}
