package io.github.vcgroupfs.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes to the eventfds of clients. A client could make such a write wait, so no
 * other thread does it: a charge only puts a {@link FetchedEventFd} into the queue.
 *
 * <p>Thread-safe: its own lock, a leaf. The queue holds an eventfd once at most, so it is bounded
 * by the registrations. The thread starts with the first use.
 */
final class Signaller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signaller.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<FetchedEventFd> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private @Nullable Thread thread;

  /** How many were put into the queue, and how many were served. */
  @GuardedBy("lock")
  private long posted;

  @GuardedBy("lock")
  private long served;

  @GuardedBy("lock")
  private boolean closed;

  /** Serves it soon. */
  void post(FetchedEventFd fd) {
    lock.lock();
    try {
      if (thread == null) {
        thread = new Thread(this::run, "vcgroupfs-events");
        thread.setDaemon(true);
        thread.start();
      }
      queue.addLast(fd);
      posted++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that is in the queue was served, that long at most. */
  @SuppressWarnings("Interruption") // the flag is set again: whoever waits next wants to know
  void settle(long limitNs) {
    lock.lock();
    try {
      long wanted = posted;
      long leftNs = limitNs;
      while (served < wanted && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; what is in the queue is served first. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (FetchedEventFd fd = next(); fd != null; fd = next()) {
        serve(fd);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(FetchedEventFd fd) {
    try {
      fd.serve();
    } catch (RuntimeException defect) { // must not end all events
      LOG.error("an event could not be delivered", defect);
    } finally {
      lock.lock();
      try {
        served++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable FetchedEventFd next() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.await();
      }
      return queue.pollFirst();
    } finally {
      lock.unlock();
    }
  }
}
