package io.github.vcgroupfs.nio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Threads that do what asynchronous channels are asked for. None until the first one is. */
final class ChannelThreads {
  @GuardedBy("this")
  private @Nullable ExecutorService executor;

  synchronized ExecutorService executor() {
    ExecutorService there = executor;
    if (there == null) {
      there =
          Executors.newCachedThreadPool(
              work -> {
                Thread thread = new Thread(work, "vcgroupfs-channels");
                thread.setDaemon(true);
                return thread;
              });
      executor = there;
    }
    return there;
  }

  synchronized void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
