package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.ClientFile;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The descriptors of the test, as {@code cgroup.event_control} means them. A number is good for one
 * registration: it is given before, and taken back after it. Everybody else has the three that
 * every program begins with. No Java program can make an eventfd by itself. Thread-safe.
 */
final class Eventfds implements Notifier {
  /** Standard input, output and error: no eventfds, and no control files. */
  private static final int LAST_STANDARD = 2;

  /** The inode of a file that is elsewhere. */
  private static final long NOT_OURS = 0;

  private final AtomicInteger last = new AtomicInteger(LAST_STANDARD);
  private final Map<Integer, EventCount> events = new ConcurrentHashMap<>();
  private final Map<Integer, Long> files = new ConcurrentHashMap<>();

  /** A number for an eventfd. */
  int add(EventCount event) {
    int fd = last.incrementAndGet();
    events.put(fd, event);
    return fd;
  }

  /** A number for a control file, by its inode. */
  int add(long ino) {
    int fd = last.incrementAndGet();
    files.put(fd, ino);
    return fd;
  }

  void remove(int fd) {
    events.remove(fd);
    files.remove(fd);
  }

  @Override
  public EventFd open(Caller caller, int fd) throws ErrnoException {
    EventCount event = events.get(fd);
    if (event == null || !TestCalls.isTest(caller)) {
      throw isStandard(fd) ? Notifier.notAnEventFd(fd) : Notifier.noSuchDescriptor(fd);
    }
    return event;
  }

  @Override
  public ClientFile inspect(Caller caller, int fd) throws ErrnoException {
    if (isStandard(fd)) {
      return new TestFile(NOT_OURS);
    }
    Long ino = files.get(fd);
    if (ino == null || !TestCalls.isTest(caller)) {
      throw Notifier.noSuchDescriptor(fd);
    }
    return new TestFile(ino);
  }

  private static boolean isStandard(int fd) {
    return fd >= 0 && fd <= LAST_STANDARD;
  }

  /** A file that the test has open, which may read everything. */
  private record TestFile(long ino) implements ClientFile {
    @Override
    public boolean mayBeRead(int mode, int uid, int gid) {
      return true;
    }
  }
}
