package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.mount.MountException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread that shares the descriptors of those who serve a mount, for whoever has left them
 * ({@link io.github.vcgroupfs.os.FileTable}): what serves, such as the kernel's events of
 * processes, must be opened and closed by one that has the same. Thread-safe.
 */
final class ServersThread implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "servers");
            made.setDaemon(true);
            return made;
          });

  /** Starts it, by a thread that has not left. */
  ServersThread() throws MountException, InterruptedException {
    run(() -> {});
  }

  /** Something to do there. */
  interface Task {
    void run() throws MountException;
  }

  /** Has it done, and waits. */
  void run(Task task) throws MountException, InterruptedException {
    try {
      thread
          .submit(
              () -> {
                task.run();
                return task;
              })
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MountException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
