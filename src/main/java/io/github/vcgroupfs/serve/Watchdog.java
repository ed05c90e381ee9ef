package io.github.vcgroupfs.serve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives up writing to somebody who does not read. An interrupt ends a write that waits, and closes
 * its connection, since the channels of the JDK's server are interruptible. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final Duration limit;

  /**
   * A watchdog.
   *
   * @param limit how long a single write may take
   */
  Watchdog(Duration limit) {
    this.limit = limit;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "serve-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Something that writes. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /** Writes; after the limit the writing thread is interrupted, and the write fails. */
  void watch(Writing writing) throws IOException {
    Watched watched = new Watched(Thread.currentThread());
    Future<?> alarm = timer.schedule(watched::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      writing.run();
    } finally {
      watched.end();
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One write, and who does it. */
  private static final class Watched {
    private final Thread writer;

    @GuardedBy("this")
    private boolean ended;

    Watched(Thread writer) {
      this.writer = writer;
    }

    synchronized void expire() {
      if (!ended) {
        writer.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
    }
  }
}
