package io.github.vcgroupfs.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.os.Libc;

/**
 * A copy of a client's eventfd, and the process that it was copied from.
 *
 * <p>The copy is the same open file as the client's, with the same flags, which we must not change.
 * So if the counter is full, a write may have to wait. Therefore the thread of the {@link
 * Signaller} looks before each write. A client that fills its counter between the look and the
 * write makes that thread wait, and no other.
 *
 * <p>Thread-safe: own monitor, never held in a system call that can wait.
 */
final class FetchedEventFd implements EventFd {
  private final Signaller signaller;
  private final int pidfd;
  private final int fd;

  @GuardedBy("this")
  private long pending;

  @GuardedBy("this")
  private boolean queued;

  @GuardedBy("this")
  private boolean closing;

  @GuardedBy("this")
  private boolean closed;

  /** Takes both descriptors over. */
  FetchedEventFd(Signaller signaller, int pidfd, int fd) {
    this.signaller = signaller;
    this.pidfd = pidfd;
    this.fd = fd;
  }

  @Override
  public void signal() {
    boolean post;
    synchronized (this) {
      if (closing) {
        return;
      }
      pending++;
      post = !queued;
      queued = true;
    }
    if (post) {
      signaller.post(this);
    }
  }

  @Override
  public synchronized boolean isGone() {
    return closed || Libc.isReadable(pidfd);
  }

  @Override
  public void close() {
    boolean post;
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      post = !queued;
      queued = true;
    }
    if (post) {
      signaller.post(this);
    }
  }

  /** Delivers what is pending; then lets go, if that was asked for. Called by one thread. */
  void serve() {
    long events;
    boolean last;
    synchronized (this) {
      events = pending;
      pending = 0;
      queued = false;
      last = closing;
    }
    for (long i = 0; i < events && Libc.isWritable(fd); i++) {
      Libc.add(fd, 1); // one by one: the look says that 1 has room, and no more
    }
    if (last) {
      synchronized (this) {
        closed = true;
        Libc.close(pidfd);
      }
      Libc.close(fd);
    }
  }
}
