package io.github.vcgroupfs.vfs;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells who watches a directory what was done in it by calls of this file system: {@code
 * fs/notify}. Thread-safe. Listeners are called by the thread that made the call.
 */
public final class Fsnotify {
  private final Map<Long, Set<Mark>> marks = new ConcurrentHashMap<>();

  /** What happened. */
  public enum Event {
    /** A name is there: IN_CREATE, IN_MOVED_TO. */
    CREATED,
    /** A name is gone: IN_DELETE, IN_MOVED_FROM. */
    DELETED,
    /** Something was written, or attributes have changed: IN_MODIFY, IN_ATTRIB. */
    CHANGED,
    /** The directory itself is gone, and the watch with it: IN_IGNORED. */
    IGNORED
  }

  /** Is told. */
  public interface Listener {
    /**
     * Something happened.
     *
     * @param name in the directory; null: to the directory itself
     */
    void happened(Event event, @Nullable String name);
  }

  /** A listener at a directory. Two marks are never equal. */
  public static final class Mark {
    private final long ino;
    private final Listener listener;

    Mark(long ino, Listener listener) {
      this.ino = ino;
      this.listener = listener;
    }

    /** The inode number of the directory. */
    public long ino() {
      return ino;
    }
  }

  /** Begins to tell a listener about a directory. */
  Mark add(Dentry directory, Listener listener) {
    Mark mark = new Mark(directory.inode().ino(), listener);
    marks.computeIfAbsent(mark.ino, unknown -> ConcurrentHashMap.newKeySet()).add(mark);
    return mark;
  }

  /** Ends it; again is no harm. */
  public void remove(Mark mark) {
    marks.computeIfPresent(
        mark.ino,
        (ino, there) -> {
          there.remove(mark);
          return there.isEmpty() ? null : there;
        });
  }

  /** Whether nobody listens, so that nobody need be found who is to be told. */
  boolean isIdle() {
    return marks.isEmpty();
  }

  /** Something happened to a name in a directory. */
  void tell(Dentry directory, Event event, @Nullable String name) {
    for (Mark mark : marks.getOrDefault(directory.inode().ino(), Set.of())) {
      mark.listener.happened(event, name);
    }
  }

  /** A directory is gone, and who listens to it is told for the last time. */
  void gone(Dentry directory) {
    tell(directory, Event.IGNORED, null);
    marks.remove(directory.inode().ino());
  }
}
