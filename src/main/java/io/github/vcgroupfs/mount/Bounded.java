package io.github.vcgroupfs.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what may hang, a look at somebody's FUSE mount for example, in a thread that can be given
 * up. Such a thread ends with the process. Stateless.
 */
public final class Bounded {
  private Bounded() {}

  /**
   * Runs something, for so long at most.
   *
   * @param name what it is, for the thread
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

  /** What is run. */
  public interface Task<T> {
    T run() throws IOException;
  }
}
