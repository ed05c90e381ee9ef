package io.github.vcgroupfs.nio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.vfs.OpenFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The paths in an open directory, read when the first one is asked for. Ends early when the stream
 * is closed. Thread-safe.
 */
final class DirectoryEntries implements Iterator<Path> {
  private final CgroupPath directory;
  private final OpenFile open;
  private final BooleanSupplier isOpen;
  private final DirectoryStream.@Nullable Filter<? super Path> filter;

  @GuardedBy("this")
  private @Nullable Deque<String> names;

  @GuardedBy("this")
  private @Nullable Path next;

  DirectoryEntries(
      CgroupPath directory,
      OpenFile open,
      BooleanSupplier isOpen,
      DirectoryStream.@Nullable Filter<? super Path> filter) {
    this.directory = directory;
    this.open = open;
    this.isOpen = isOpen;
    this.filter = filter;
  }

  @Override
  public synchronized boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public synchronized Path next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Path result = next;
    next = null;
    return result;
  }

  @GuardedBy("this")
  private @Nullable Path read() {
    try {
      for (String name = name(); name != null; name = name()) {
        Path entry = new CgroupPath(directory.home(), PathBytes.resolve(directory.bytes(), name));
        boolean dots = name.equals(".") || name.equals("..");
        if (!dots && (filter == null || filter.accept(entry))) {
          return entry;
        }
      }
      return null;
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
  }

  @GuardedBy("this")
  private @Nullable String name() throws IOException {
    if (!isOpen.getAsBoolean()) {
      return null;
    }
    Deque<String> left = names;
    if (left == null) {
      List<String> read = Outcome.of(open::names).orThrow(directory);
      left = new ArrayDeque<>(read);
      names = left;
    }
    return left.poll();
  }
}
