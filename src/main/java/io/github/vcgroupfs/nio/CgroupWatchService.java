package io.github.vcgroupfs.nio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.Fsnotify;
import io.github.vcgroupfs.vfs.Stat;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what is done in directories, as inotify does on cgroupfs: of groups that are made,
 * removed and renamed, and of files that are written or get other attributes, by calls of this file
 * system. What the kernel itself changes in a file is not told, there and here. Thread-safe.
 */
final class CgroupWatchService implements WatchService, DirectoryWatcher {
  private final PathHome home;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  @GuardedBy("this")
  private final Map<Long, CgroupWatchKey> keys = new HashMap<>();

  private volatile boolean closed;

  /** What waits to be taken; a null key says that the service is closed. */
  private record Signal(@Nullable CgroupWatchKey key) {}

  CgroupWatchService(PathHome home) {
    this.home = home;
  }

  /** Watches a directory; one that is watched already keeps its key. */
  @Override
  public CgroupWatchKey register(
      Path path, List<WatchEvent.Kind<?>> events, List<WatchEvent.Modifier> modifiers)
      throws IOException {
    CgroupPath directory = CgroupPath.of(path);
    Set<WatchEvent.Kind<?>> kinds = kinds(events);
    requireOpen();
    for (WatchEvent.Modifier each : modifiers) {
      if (!isSensitivity(Objects.requireNonNull(each))) {
        throw new UnsupportedOperationException("Modifier not supported");
      }
    }
    Outcome<Stat> found =
        Outcome.restarted(() -> directory.home().vfs().stat(directory.at(), true));
    if (!found.orThrow(directory).isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    synchronized (this) {
      CgroupWatchKey key = new CgroupWatchKey(directory, this::queue, this::cancel);
      Outcome<Fsnotify.Mark> outcome =
          Outcome.of(() -> directory.home().vfs().watch(directory.at(), key));
      if (outcome.is(Errno.ENOTDIR)) {
        throw new NotDirectoryException(directory.toString());
      }
      Fsnotify.Mark mark = outcome.orThrow(directory);
      CgroupWatchKey there = keys.get(mark.ino());
      if (there != null && there.isValid()) {
        directory.home().vfs().unwatch(mark);
        there.watch(kinds);
        return there;
      }
      key.begin(mark, kinds);
      keys.put(mark.ino(), key);
      return key;
    }
  }

  private static Set<WatchEvent.Kind<?>> kinds(List<WatchEvent.Kind<?>> events) {
    Set<WatchEvent.Kind<?>> kinds = new HashSet<>();
    for (WatchEvent.Kind<?> each : events) {
      Objects.requireNonNull(each, "An element in event set is 'null'");
      if (each.equals(StandardWatchEventKinds.ENTRY_CREATE)
          || each.equals(StandardWatchEventKinds.ENTRY_MODIFY)
          || each.equals(StandardWatchEventKinds.ENTRY_DELETE)) {
        kinds.add(each);
      } else if (!each.equals(StandardWatchEventKinds.OVERFLOW)) {
        throw new UnsupportedOperationException(each.name());
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("No events to register");
    }
    return kinds;
  }

  /** Those of com.sun.nio.file, which change nothing on Linux. */
  private static boolean isSensitivity(WatchEvent.Modifier modifier) {
    return modifier instanceof Enum<?> constant
        && constant
            .getDeclaringClass()
            .getName()
            .equals("com.sun.nio.file.SensitivityWatchEventModifier");
  }

  private void queue(CgroupWatchKey key) {
    signals.add(new Signal(key));
  }

  private void cancel(CgroupWatchKey key) {
    Fsnotify.Mark mark = key.end();
    if (mark != null) {
      synchronized (this) {
        keys.remove(mark.ino(), key);
      }
      home.vfs().unwatch(mark);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }

  private @Nullable WatchKey taken(@Nullable Signal signal) {
    if (signal != null && signal.key() == null) {
      signals.add(signal); // others may wait, too
    }
    requireOpen();
    return signal == null ? null : signal.key();
  }

  @Override
  public @Nullable WatchKey poll() {
    requireOpen();
    return taken(signals.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    requireOpen();
    return taken(signals.poll(timeout, unit));
  }

  @Override
  public WatchKey take() throws InterruptedException {
    requireOpen();
    return Objects.requireNonNull(taken(signals.take()));
  }

  @Override
  public void close() {
    List<CgroupWatchKey> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(keys.values());
    }
    open.forEach(this::cancel);
    signals.clear();
    signals.add(new Signal(null));
  }
}
