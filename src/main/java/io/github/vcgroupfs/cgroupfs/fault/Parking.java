package io.github.vcgroupfs.cgroupfs.fault;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroupfs.call.CallThread;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where the calls of one mount wait that {@code sim.fault} delays. Each keeps the thread that
 * carries it out, so there is a bound. A wait ends
 *
 * <ul>
 *   <li>when its time is over, its rules are gone or its group is gone: the call is carried out;
 *   <li>when somebody calls {@link #interrupt}: the call fails with EINTR;
 *   <li>when the mount ends: the call fails with ECONNABORTED, as those fail that the kernel has
 *       not handed over yet ({@code fs/fuse/dev.c fuse_abort_conn}).
 * </ul>
 *
 * <p>Thread-safe. Its lock is a leaf, and is not held while a call waits.
 */
public final class Parking implements Waiting {
  /** A FUSE server has threads for some more calls than these. */
  public static final int MAX_PARKED = 256;

  private final int maxParked;
  private final LongSupplier nanoTime;

  /** Whether the clock goes by itself, so that a wait can be left to the machine. */
  private final boolean runs;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Thread, Parked> parked = new HashMap<>();

  @GuardedBy("lock")
  private boolean aborted;

  /**
   * Nobody waits yet.
   *
   * @param maxParked how many calls may wait at the same time, 0 or more
   * @param nanoTime a clock for how long, in nanoseconds
   */
  public Parking(int maxParked, LongSupplier nanoTime) {
    this(maxParked, nanoTime, true);
  }

  private Parking(int maxParked, LongSupplier nanoTime, boolean runs) {
    this.maxParked = maxParked;
    this.nanoTime = nanoTime;
    this.runs = runs;
  }

  /**
   * The same on a clock that somebody sets. Whoever does so calls {@link #timeMoved()} afterwards.
   */
  public static Parking onVirtualTime(int maxParked, LongSupplier nanoTime) {
    return new Parking(maxParked, nanoTime, false);
  }

  /** A call that waits. Guarded by the lock. */
  private final class Parked {
    private final Delay delay;
    private final Condition news;
    private final long sinceNs = nanoTime.getAsLong();
    private long knownMs;
    private boolean interrupted;

    Parked(Delay delay, Condition news) {
      this.delay = delay;
      this.news = news;
    }

    long leftNs() {
      knownMs = delay.ms();
      return TimeUnit.MILLISECONDS.toNanos(knownMs) - (nanoTime.getAsLong() - sinceNs);
    }

    boolean hasNews() {
      return delay.ms() != knownMs;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ErrnoException EAGAIN if too many wait already, EINTR or ECONNABORTED if the wait was
   *     ended, see above
   */
  @Override
  public void await(Delay delay) throws ErrnoException {
    Thread thread = Thread.currentThread();
    lock.lock();
    try {
      requireServed();
      if (parked.size() >= maxParked) {
        throw new ErrnoException(
            Errno.EAGAIN,
            "sim.fault delays %d calls of this mount now, the most there can be: write clear to a sim.fault, or wait"
                .formatted(parked.size()));
      }
      Parked mine = new Parked(delay, lock.newCondition());
      mine.interrupted = CallThread.isPresentInterrupted();
      parked.put(thread, mine);
      try {
        await(mine);
      } finally {
        parked.remove(thread);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void await(Parked mine) throws ErrnoException {
    for (long leftNs = mine.leftNs(); leftNs > 0 && !mine.interrupted; leftNs = mine.leftNs()) {
      try {
        if (runs) {
          long unused = mine.news.awaitNanos(leftNs);
        } else {
          mine.news.await();
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        mine.interrupted = true;
      }
      requireServed();
    }
    if (mine.interrupted) {
      throw new ErrnoException(
          Errno.EINTR, "the caller was interrupted while sim.fault delayed the call: try again");
    }
  }

  @GuardedBy("lock")
  private void requireServed() throws ErrnoException {
    if (aborted) {
      throw new ErrnoException(
          Errno.ECONNABORTED,
          "the mount ended while sim.fault delayed the call: mount again, and repeat it");
    }
  }

  @Override
  public void changed() {
    lock.lock();
    try {
      for (Parked each : parked.values()) {
        if (each.hasNews()) {
          each.news.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The virtual clock was set: whose time is over goes on. */
  public void timeMoved() {
    lock.lock();
    try {
      parked.values().forEach(each -> each.news.signal());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean interrupt(Thread thread) {
    lock.lock();
    try {
      Parked found = parked.get(thread);
      if (found == null) {
        return false;
      }
      found.interrupted = true;
      found.news.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void abort() {
    lock.lock();
    try {
      aborted = true;
      parked.values().forEach(each -> each.news.signal());
    } finally {
      lock.unlock();
    }
  }

  /** How many calls wait. */
  public int size() {
    lock.lock();
    try {
      return parked.size();
    } finally {
      lock.unlock();
    }
  }
}
