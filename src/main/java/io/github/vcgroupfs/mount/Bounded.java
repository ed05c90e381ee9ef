package io.github.vcgroupfs.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs something that may hang, such as a look at somebody's FUSE mount, for a limited time. It
 * runs in a thread of its own, which is abandoned if it takes too long; such a thread ends with the
 * process. Has no state.
 */
public final class Bounded {
  private Bounded() {}

  /**
   * Runs something and waits for its result.
   *
   * @param name the name of the thread
   * @param limit how long to wait at most
   * @throws TimeoutException if it takes longer
   */
  public static <T> T call(String name, Duration limit, Task<T> body)
      throws IOException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(body::run);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(name + " failed: " + e.getCause(), e.getCause());
    }
  }

  /** The thing to run. */
  public interface Task<T> {
    T run() throws IOException;
  }
}
