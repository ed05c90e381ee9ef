package io.github.vcgroupfs.nio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.vfs.Fsnotify;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory that is watched. Collects events until they are polled. Thread-safe. */
final class CgroupWatchKey implements WatchKey, Fsnotify.Listener {
  /** What the JDK keeps by default; more are an OVERFLOW. */
  private static final int MOST_EVENTS = 512;

  private final CgroupPath directory;
  private final Consumer<CgroupWatchKey> queue;
  private final Consumer<CgroupWatchKey> cancelled;

  @GuardedBy("this")
  private Set<WatchEvent.Kind<?>> kinds = Set.of();

  @GuardedBy("this")
  private Fsnotify.@Nullable Mark mark;

  @GuardedBy("this")
  private boolean signalled;

  @GuardedBy("this")
  private List<Event> events = new ArrayList<>();

  /** The last event of each name, if it was a modification. */
  @GuardedBy("this")
  private final Map<Path, Event> modified = new HashMap<>();

  /**
   * A key that watches nothing yet.
   *
   * @param queue is told when the key has something to poll
   * @param cancelled is told when somebody cancels it
   */
  CgroupWatchKey(
      CgroupPath directory, Consumer<CgroupWatchKey> queue, Consumer<CgroupWatchKey> cancelled) {
    this.directory = directory;
    this.queue = queue;
    this.cancelled = cancelled;
  }

  private static final class Event implements WatchEvent<Path> {
    private final Kind<?> kind;
    private final @Nullable Path context;
    private int count = 1;

    Event(Kind<?> kind, @Nullable Path context) {
      this.kind = kind;
      this.context = context;
    }

    @Override
    @SuppressWarnings("unchecked") // OVERFLOW has no context
    public Kind<Path> kind() {
      return (Kind<Path>) kind;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public @Nullable Path context() {
      return context;
    }
  }

  synchronized void begin(Fsnotify.Mark at, Set<WatchEvent.Kind<?>> wanted) {
    mark = at;
    kinds = wanted;
  }

  /** Watches for other events from now on. */
  synchronized void watch(Set<WatchEvent.Kind<?>> wanted) {
    kinds = wanted;
  }

  /** Ends it; what it was marked with, if it had not ended before. */
  synchronized Fsnotify.@Nullable Mark end() {
    Fsnotify.Mark before = mark;
    mark = null;
    return before;
  }

  @Override
  public void happened(Fsnotify.Event event, @Nullable String name) {
    if (event == Fsnotify.Event.IGNORED) {
      cancelled.accept(this);
      synchronized (this) {
        signal();
      }
    } else if (name != null) { // the JDK does not tell of the directory itself
      WatchEvent.Kind<?> kind =
          switch (event) {
            case CREATED -> StandardWatchEventKinds.ENTRY_CREATE;
            case DELETED -> StandardWatchEventKinds.ENTRY_DELETE;
            case CHANGED, IGNORED -> StandardWatchEventKinds.ENTRY_MODIFY;
          };
      add(kind, new CgroupPath(directory.home(), name));
    }
  }

  private synchronized void add(WatchEvent.Kind<?> kind, Path context) {
    if (!kinds.contains(kind)) {
      return;
    }
    Event last = events.isEmpty() ? null : events.get(events.size() - 1);
    boolean modification = kind.equals(StandardWatchEventKinds.ENTRY_MODIFY);
    Event again = modification ? modified.get(context) : null;
    if (last != null
        && (last.kind.equals(StandardWatchEventKinds.OVERFLOW)
            || (last.kind.equals(kind) && Objects.equals(last.context, context)))) {
      last.count++;
      return;
    }
    if (again != null) {
      again.count++;
      return;
    }
    if (events.size() >= MOST_EVENTS) {
      modified.clear();
      events.clear();
      events.add(new Event(StandardWatchEventKinds.OVERFLOW, null));
    } else {
      Event event = new Event(kind, context);
      events.add(event);
      if (modification) {
        modified.put(context, event);
      } else {
        modified.remove(context);
      }
    }
    signal();
  }

  @GuardedBy("this")
  private void signal() {
    if (!signalled) {
      signalled = true;
      queue.accept(this);
    }
  }

  @Override
  public synchronized boolean isValid() {
    return mark != null;
  }

  @Override
  public synchronized List<WatchEvent<?>> pollEvents() {
    List<WatchEvent<?>> polled = List.copyOf(events);
    events = new ArrayList<>();
    modified.clear();
    return polled;
  }

  @Override
  public synchronized boolean reset() {
    if (signalled && mark != null) {
      if (events.isEmpty()) {
        signalled = false;
      } else {
        queue.accept(this);
      }
    }
    return mark != null;
  }

  @Override
  public void cancel() {
    cancelled.accept(this);
  }

  @Override
  public Watchable watchable() {
    return directory;
  }
}
