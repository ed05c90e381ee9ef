package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cpuacct.CpuacctController;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks at the tasks of a hierarchy with {@code cpuacct}, so that little time is
 * lost when one ends. It sleeps while no group below the root may have tasks. Otherwise it looks
 * five times a second, or less often if a look takes long. Thread-safe.
 */
final class CpuTicks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CpuTicks.class);
  private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

  /** It rests this many times as long as the last look took: two percent of one processor. */
  private static final int REST = 50;

  private final CpuacctController controller;
  private final Thread thread = new Thread(this::run, "vcgroupfs-cpuacct");

  private CpuTicks(CpuacctController controller) {
    this.controller = controller;
  }

  /** Starts to look. */
  static CpuTicks start(CpuacctController controller) {
    CpuTicks ticks = new CpuTicks(controller);
    ticks.thread.setDaemon(true);
    ticks.thread.start();
    return ticks;
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
        controller.awaitTasks();
        TimeUnit.NANOSECONDS.sleep(restNs);
        restNs = Math.max(MIN_PERIOD_NS, REST * look());
      }
    } catch (InterruptedException closed) {
      LOG.trace("the look at the tasks ends");
    }
  }

  private long look() {
    long beforeNs = System.nanoTime();
    try {
      controller.tick();
    } catch (RuntimeException defect) {
      LOG.error("a look at the tasks failed", defect);
    }
    return System.nanoTime() - beforeNs;
  }
}
