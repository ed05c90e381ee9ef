package io.github.vcgroupfs.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.os.Libc;

/**
 * A copy of a client's eventfd, and the process that it was copied from.
 *
 * <p>The copy is the same open file as the client's, with the same flags, which we must not change.
 * So if the counter is full, a write may have to wait. Therefore a thread of the {@link Signaller}
 * looks before each write. A client that fills its counter between the look and the write makes
 * that thread wait, and no other.
 *
 * <p>Thread-safe: own monitor, never held in a system call that can wait.
 */
final class FetchedEventFd implements EventFd, Delivery {
  private final Signaller signaller;
  private final int pidfd;
  private final int fd;

  /** How many events there were, and how many of them a thread has taken to deliver them. */
  @GuardedBy("this")
  private long signalled;

  @GuardedBy("this")
  private long taken;

  /** Whether it is in the queue or is served. */
  @GuardedBy("this")
  private boolean queued;

  @GuardedBy("this")
  private boolean closing;

  @GuardedBy("this")
  private boolean closed;

  /** Written under the monitor. */
  private volatile long done;

  /** Takes both descriptors over. */
  FetchedEventFd(Signaller signaller, int pidfd, int fd) {
    this.signaller = signaller;
    this.pidfd = pidfd;
    this.fd = fd;
  }

  @Override
  public void signal() {
    boolean post;
    long number;
    synchronized (this) {
      if (closing) {
        return;
      }
      signalled++;
      number = signalled;
      post = !queued;
      queued = true;
    }
    signaller.caused(this, number);
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

  @Override
  public boolean isDone(long number) {
    return done >= number;
  }

  /** {@inheritDoc} Lets go of the descriptors, if that was asked for. */
  @Override
  public void serve() {
    long events;
    boolean last;
    synchronized (this) {
      events = signalled - taken;
      taken = signalled;
      last = closing;
    }
    for (long i = 0; i < events && Libc.isWritable(fd); i++) {
      Libc.add(fd, 1); // one by one: the look says that 1 has room, and no more
    }
    boolean again;
    synchronized (this) {
      done = taken;
      again = !last && (signalled > taken || closing);
      queued = again || last;
      if (last) {
        closed = true;
        Libc.close(pidfd);
      }
    }
    if (last) {
      Libc.close(fd);
    }
    if (again) {
      signaller.post(this);
    }
  }
}
