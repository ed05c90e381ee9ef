package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Releases;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that notices when the last process of a group exits, because {@code /proc} reports
 * nothing by itself. It sleeps while no group with {@code notify_on_release} may have processes.
 * Otherwise it looks five times a second, or less often if a look takes long. Thread-safe.
 */
public final class ReleaseWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseWatch.class);
  private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

  /** It rests this many times as long as the last look took: two percent of one processor. */
  private static final int REST = 50;

  private final Releases releases;
  private final Thread thread = new Thread(this::run, "vcgroupfs-release");

  private ReleaseWatch(Releases releases) {
    this.releases = releases;
  }

  /** Starts to watch the groups of a hierarchy. */
  public static ReleaseWatch start(Releases releases) {
    ReleaseWatch watch = new ReleaseWatch(releases);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
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
        releases.awaitWatched();
        TimeUnit.NANOSECONDS.sleep(restNs);
        restNs = Math.max(MIN_PERIOD_NS, REST * look());
      }
    } catch (InterruptedException closed) {
      LOG.trace("the watch over groups to be released ends");
    }
  }

  private long look() {
    long beforeNs = System.nanoTime();
    try {
      releases.sweep();
    } catch (RuntimeException defect) {
      LOG.error("a look at the groups to be released failed", defect);
    }
    return System.nanoTime() - beforeNs;
  }
}
