package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of one hierarchy: the kernel's {@code cgroup_mutex}. Whoever changes the tree, or a
 * setting of a group, holds it. Reading needs no lock. A thread that holds it may take it again.
 */
public final class TreeLock {
  private final ReentrantLock lock = new ReentrantLock();

  /** A change that is made under the lock and may be refused. */
  public interface Change {
    /** Makes the change, or throws and leaves everything as it was. */
    void run() throws ErrnoException;
  }

  /** A question that is answered under the lock, or refused. */
  public interface Look<T> {
    /** Returns the answer. */
    T get() throws ErrnoException;
  }

  /** Makes a change while this thread holds the lock. */
  public void run(Change change) throws ErrnoException {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Asks a question while this thread holds the lock, and returns the answer. */
  public <T> T get(Look<T> look) throws ErrnoException {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a change that nobody can refuse, while this thread holds the lock. */
  public void runQuietly(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this thread holds the lock. For assertions. */
  public boolean isHeld() {
    return lock.isHeldByCurrentThread();
  }
}
