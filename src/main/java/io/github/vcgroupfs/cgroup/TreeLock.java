package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of one hierarchy, the kernel's {@code cgroup_mutex}: whoever changes the tree, or what a
 * control file of a group sets, holds it. Readers do not need it. A thread may take it again.
 */
public final class TreeLock {
  private final ReentrantLock lock = new ReentrantLock();

  /** Something that is done under the lock and may be refused. */
  public interface Change {
    /** Does it, or throws and leaves everything as it was. */
    void run() throws ErrnoException;
  }

  /** Something that is found out under the lock and may be refused. */
  public interface Look<T> {
    /** Finds it out. */
    T get() throws ErrnoException;
  }

  /** Does that while this thread holds the lock. */
  public void run(Change change) throws ErrnoException {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Does that while this thread holds the lock, and returns what it found. */
  public <T> T get(Look<T> look) throws ErrnoException {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  /** The same for what nobody can refuse. */
  public void runQuietly(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this thread holds the lock: for assertions. */
  public boolean isHeld() {
    return lock.isHeldByCurrentThread();
  }
}
