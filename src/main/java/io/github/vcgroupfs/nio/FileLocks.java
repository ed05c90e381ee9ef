package io.github.vcgroupfs.nio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.channels.Channel;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of which files are locked. The kernel gives locks to processes, and all channels here
 * are of one process: so nobody ever waits, and what overlaps within the process is an error, as in
 * the JDK. Thread-safe.
 */
final class FileLocks {
  @GuardedBy("this")
  private final Map<Long, List<CgroupFileLock>> locks = new HashMap<>();

  /**
   * Takes a lock.
   *
   * @throws OverlappingFileLockException if a part of it is locked
   */
  synchronized void add(CgroupFileLock lock) {
    List<CgroupFileLock> there = locks.computeIfAbsent(lock.ino(), unknown -> new ArrayList<>());
    if (there.stream().anyMatch(each -> each.overlaps(lock.position(), lock.size()))) {
      throw new OverlappingFileLockException();
    }
    there.add(lock);
  }

  /** Gives a lock back; again is no harm. */
  synchronized void remove(CgroupFileLock lock) {
    locks.computeIfPresent(
        lock.ino(),
        (ino, there) -> {
          there.remove(lock);
          return there.isEmpty() ? null : there;
        });
  }

  /** Gives all locks of a channel back: it is closed. */
  void removeAll(Channel channel) {
    List<CgroupFileLock> held = new ArrayList<>();
    synchronized (this) {
      locks.values().forEach(there -> held.addAll(there));
    }
    held.stream().filter(lock -> lock.acquiredBy().equals(channel)).forEach(CgroupFileLock::end);
  }
}
