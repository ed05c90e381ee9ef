package io.github.vcgroupfs.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that write to the eventfds of clients. A client could make such a write wait, so no
 * other thread does it: a charge only puts a {@link Delivery} into the queue.
 *
 * <p>One thread delivers, and another one is ready. If a client makes the first one wait, the other
 * goes on with the queue, and a third gets ready. So a client can hold up its own events only; that
 * ends where {@link #MAX_THREADS} clients do so at the same time.
 *
 * <p>Thread-safe: its own lock, a leaf. The queue holds a delivery once at most, so it is bounded
 * by the registrations. Threads start with the first use.
 */
final class Signaller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signaller.class);

  /** Who delivers for so long waits for its client. A delivery takes a thousandth of it. */
  private static final long STUCK_NS = 10_000_000;

  static final int MAX_THREADS = 64;

  /** One that delivers, and one that is ready. */
  private static final int USUAL_THREADS = 2;

  /** Beyond that the oldest are forgotten: of threads that never ask. */
  private static final int MAX_CAUSED = 64;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What the calling thread has caused since it last asked. */
  private final ThreadLocal<@Nullable ArrayDeque<Caused>> caused = new ThreadLocal<>();

  @GuardedBy("lock")
  private final ArrayDeque<Delivery> queue = new ArrayDeque<>();

  /** The threads that deliver, and since when. */
  @GuardedBy("lock")
  private final Map<Thread, Long> busySince = new HashMap<>();

  @GuardedBy("lock")
  private int ready;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * Has no threads yet.
   *
   * @param nanoTime a clock for how long a delivery takes, in nanoseconds
   */
  Signaller(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** An event that a thread waits for. */
  private record Caused(Delivery delivery, long number) {
    boolean isDone() {
      return delivery.isDone(number);
    }
  }

  /** Remembers that the calling thread has caused an event. */
  void caused(Delivery delivery, long number) {
    ArrayDeque<Caused> mine = caused.get();
    if (mine == null) {
      mine = new ArrayDeque<>(2);
      caused.set(mine);
    }
    if (mine.size() == MAX_CAUSED) {
      mine.removeFirst();
    }
    mine.addLast(new Caused(delivery, number));
  }

  /** Delivers it soon. */
  void post(Delivery delivery) {
    lock.lock();
    try {
      queue.addLast(delivery);
      ensureReady();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void ensureReady() {
    if (ready == 0 && busySince.size() < MAX_THREADS) {
      ready++;
      Thread thread = new Thread(this::run, "vcgroupfs-events");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Waits until the events that the calling thread has caused were delivered, so long at most. */
  @SuppressWarnings("Interruption") // the flag is set again: whoever waits next wants to know
  void settle(long limitNs) {
    ArrayDeque<Caused> mine = caused.get();
    if (mine == null) {
      return;
    }
    caused.remove();
    List<Caused> left = new ArrayList<>(mine);
    lock.lock();
    try {
      long leftNs = limitNs;
      left.removeIf(Caused::isDone);
      while (!left.isEmpty() && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
        left.removeIf(Caused::isDone);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads; what is in the queue is delivered first. */
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
      for (Delivery next = first(); next != null; next = next()) {
        serve(next);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(Delivery delivery) {
    try {
      delivery.serve();
    } catch (RuntimeException defect) { // must not end all events
      LOG.error("an event could not be delivered", defect);
    }
  }

  /** The first one of a new thread, which {@link #ensureReady} has counted. */
  private @Nullable Delivery first() throws InterruptedException {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** The next one, or null if there are threads enough without the calling one. */
  private @Nullable Delivery next() throws InterruptedException {
    lock.lock();
    try {
      busySince.remove(Thread.currentThread());
      changed.signalAll();
      if (ready >= USUAL_THREADS) {
        return null;
      }
      ready++;
      return take();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Delivery take() throws InterruptedException {
    try {
      while (true) {
        long waitNs = queue.isEmpty() ? Long.MAX_VALUE : untilAllAreStuckNs();
        if (waitNs <= 0) {
          break;
        }
        if (queue.isEmpty() && closed) {
          return null;
        }
        if (queue.isEmpty()) {
          changed.await();
        } else {
          long unused = changed.awaitNanos(waitNs);
        }
      }
    } finally {
      ready--;
    }
    busySince.put(Thread.currentThread(), nanoTime.getAsLong());
    Delivery next = queue.removeFirst();
    ensureReady();
    return next;
  }

  /** How long until each of those who deliver must be taken for stuck; 0 if they are. */
  @GuardedBy("lock")
  private long untilAllAreStuckNs() {
    long nowNs = nanoTime.getAsLong();
    long longestNs = 0;
    for (long sinceNs : busySince.values()) {
      longestNs = Math.max(longestNs, sinceNs + STUCK_NS - nowNs);
    }
    return longestNs;
  }
}
