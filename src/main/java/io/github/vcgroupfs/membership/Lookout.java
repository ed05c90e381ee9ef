package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.os.Effort;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks at the real tasks again and again, because {@code /proc} reports nothing by
 * itself. It sleeps while there is nothing to look at. Otherwise it looks five times a second, or
 * less often if a look takes long. Thread-safe.
 */
public final class Lookout implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
  private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

  /** It rests this many times as long as the last look took: two percent of one processor. */
  private static final int REST = 50;

  private final Waiting waiting;
  private final Runnable look;
  private final Thread thread;

  /** Waits, with no time limit, until there is something to look at. */
  public interface Waiting {
    /** Returns when there is. */
    void await() throws InterruptedException;
  }

  private Lookout(String name, Waiting waiting, Runnable look) {
    this.waiting = waiting;
    this.look = look;
    this.thread = new Thread(this::run, name);
  }

  /**
   * Starts to look.
   *
   * @param name of the thread
   * @param waiting what lets the thread sleep
   * @param look what it does then; a defect in it is logged, and does not end the thread
   */
  public static Lookout start(String name, Waiting waiting, Runnable look) {
    Lookout lookout = new Lookout(name, waiting, look);
    lookout.thread.setDaemon(true);
    lookout.thread.start();
    return lookout;
  }

  /** Ends the thread. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      long restNs = MIN_PERIOD_NS;
      while (true) {
        waiting.await();
        TimeUnit.NANOSECONDS.sleep(restNs);
        restNs = Math.max(MIN_PERIOD_NS, REST * lookOnce());
      }
    } catch (InterruptedException closed) {
      LOG.trace("{} ends", thread.getName());
    }
  }

  private long lookOnce() {
    Effort effort = Effort.begin();
    try {
      look.run();
    } catch (RuntimeException defect) {
      LOG.error("a look of {} failed", thread.getName(), defect);
    }
    return effort.ns();
  }
}
