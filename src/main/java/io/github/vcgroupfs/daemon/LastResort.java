package io.github.vcgroupfs.daemon;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the daemon when one of its own threads has run out of memory. A single call that asks for
 * too much is answered with EIO, and the mount goes on. But where even a thread that receives calls
 * finds no memory, answers would be wrong: libfuse takes the failed callback for a success. Then it
 * is better to unmount and to end.
 *
 * <p>What that needs is made at the beginning: two threads, and some memory that is given back.
 * Thread-safe.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private static final int RESERVE_BYTES = 2 << 20;
  private static final int FAILED = 1;

  /** Unmounting takes some seconds at most; whoever waits longer waits for ever. */
  private static final int END_SECONDS = 20;

  private final CountDownLatch exhausted = new CountDownLatch(1);

  @GuardedBy("this")
  private byte @Nullable [] reserve = new byte[RESERVE_BYTES];

  private LastResort() {}

  /** From now on no thread of this process ends unseen. */
  static void install() {
    LastResort resort = new LastResort();
    start("last-resort", resort::awaitAndExit);
    start("last-resort-limit", resort::awaitAndHalt);
    Thread.setDefaultUncaughtExceptionHandler(resort);
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      exhausted.countDown(); // first, and without need of memory
    } else {
      LOG.error("the thread {} has failed", thread.getName(), failure);
    }
  }

  /** Returns how many bytes that were. */
  private synchronized int giveBack() {
    int bytes = reserve == null ? 0 : reserve.length;
    reserve = null;
    return bytes;
  }

  private void awaitAndExit() {
    try {
      exhausted.await();
      int bytes = giveBack();
      LOG.error(
          "the memory of the daemon is used up ({} MiB, {} bytes of it are for the end): "
              + "it unmounts and ends; VCGROUPFS_JAVA_OPTS=-Xmx1g, for example, gives it more",
          Runtime.getRuntime().maxMemory() >> 20,
          bytes);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      System.exit(FAILED); // the shutdown hook unmounts
    }
  }

  /** So that nobody waits for a daemon that cannot even end: calls on a dead mount fail at once. */
  private void awaitAndHalt() {
    try {
      exhausted.await();
      TimeUnit.SECONDS.sleep(END_SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(FAILED);
    }
  }
}
