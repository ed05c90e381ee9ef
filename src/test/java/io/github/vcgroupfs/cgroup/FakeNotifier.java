package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Clients as a test wants them: a table of descriptors that all callers share. Thread-safe. */
public final class FakeNotifier implements Notifier {
  private final Map<Integer, Event> events = new ConcurrentHashMap<>();
  private final Map<Integer, ClientFile> files = new ConcurrentHashMap<>();

  /** An eventfd that counts. */
  public static final class Event implements EventFd {
    private final AtomicLong count = new AtomicLong();
    private volatile boolean gone;
    private volatile boolean closed;

    @Override
    public void signal() {
      count.incrementAndGet();
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public void close() {
      closed = true;
    }

    /** What a read(2) gives: how often it was signalled since the last one. */
    public long read() {
      return count.getAndSet(0);
    }

    /** Whether the model let go of it. */
    public boolean isClosed() {
      return closed;
    }

    /** The client exits. */
    public void exit() {
      gone = true;
    }
  }

  /** Gives the client an eventfd under that number. */
  public Event event(int fd) {
    Event event = new Event();
    events.put(fd, event);
    return event;
  }

  /** Gives the client a file of our mount under that number; it may read what mode 0444 says. */
  public void file(int fd, long ino) {
    files.put(fd, new File(ino));
  }

  private record File(long ino) implements ClientFile {
    @Override
    public boolean mayBeRead(int mode, int uid, int gid) {
      return (mode & 04) != 0;
    }
  }

  @Override
  public EventFd open(Caller caller, int fd) throws ErrnoException {
    Event event = events.get(fd);
    if (event != null) {
      return event;
    }
    throw files.containsKey(fd)
        ? new ErrnoException(Errno.EINVAL, "no eventfd")
        : Notifier.noSuchDescriptor(fd);
  }

  @Override
  public ClientFile inspect(Caller caller, int fd) throws ErrnoException {
    ClientFile file = files.get(fd);
    if (file != null) {
      return file;
    }
    if (events.containsKey(fd)) {
      return new File(0);
    }
    throw Notifier.noSuchDescriptor(fd);
  }
}
