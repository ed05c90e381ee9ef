package io.github.vcgroupfs.whatif;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where work is handed in and waited for: a few threads, a short queue, and for each viewer only
 * the latest request. Thread-safe.
 */
final class Desk implements AutoCloseable {
  private static final int QUEUE = 64;
  private static final long IDLE_SECONDS = 20;

  private final ThreadPoolExecutor pool;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Ticket> latest = new HashMap<>();

  Desk(int threads) {
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, "what-if-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** One request. Written by any thread, read by those that work for it. */
  private static final class Ticket implements BooleanSupplier {
    private volatile boolean outdated;

    @Override
    public boolean getAsBoolean() {
      return outdated;
    }
  }

  /**
   * Has work done, and waits for it. What the viewer asked before is given up.
   *
   * @param viewer who wants it
   * @param works each may run on a thread of its own; it is told whether it is still wanted
   * @return the results, in the order of the works
   * @throws WhatIfException what a work throws; BUSY if too many wait; OUTDATED if the viewer asked
   *     something else
   */
  <T> List<T> done(String viewer, List<Function<BooleanSupplier, Callable<T>>> works)
      throws WhatIfException, InterruptedException {
    Ticket ticket = new Ticket();
    replace(viewer, ticket);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Function<BooleanSupplier, Callable<T>> work : works) {
        futures.add(pool.submit(ifWanted(ticket, work.apply(ticket))));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(result(future));
      }
      return results;
    } catch (RejectedExecutionException full) {
      throw new WhatIfException(
          Reply.Kind.BUSY, "%d simulations wait already: ask again in a second".formatted(QUEUE));
    } finally {
      ticket.outdated = true; // nobody waits for what is left of it
      synchronized (lock) {
        latest.remove(viewer, ticket);
      }
    }
  }

  private void replace(String viewer, Ticket ticket) {
    @Nullable Ticket before;
    synchronized (lock) {
      before = latest.put(viewer, ticket);
    }
    if (before != null) {
      before.outdated = true;
    }
  }

  private static <T> Callable<T> ifWanted(Ticket ticket, Callable<T> work) {
    return () -> {
      if (ticket.outdated) {
        throw new CancellationException("somebody asked for something else");
      }
      return work.call();
    };
  }

  private static <T> T result(Future<T> future) throws WhatIfException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof CancellationException) {
        throw new WhatIfException(
            Reply.Kind.OUTDATED, "the same viewer has asked something else since");
      }
      if (cause instanceof WhatIfException known) {
        throw known;
      }
      throw new IllegalStateException("a simulation failed", cause);
    }
  }

  /** Ends the threads, once they have done what they do. */
  @Override
  public void close() {
    synchronized (lock) {
      latest.values().forEach(ticket -> ticket.outdated = true);
    }
    pool.shutdown();
  }
}
