package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that threads make on one channel. When it is closed, those that wait are interrupted.
 * Thread-safe.
 */
final class BlockingCalls {
  private final PathHome home;
  private final BooleanSupplier open;
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

  /**
   * Calls on a channel.
   *
   * @param open whether it is open
   */
  BlockingCalls(PathHome home, BooleanSupplier open) {
    this.home = home;
    this.open = open;
  }

  /**
   * Makes a call, and makes it again if a signal ended it.
   *
   * @return what it returned; null if the channel was closed meanwhile
   * @throws IOException with the text of the errno
   */
  <T> @Nullable T make(Outcome.Call<T> call) throws IOException {
    Thread self = Thread.currentThread();
    inside.add(self);
    try {
      while (open.getAsBoolean()) {
        Outcome<T> outcome = Outcome.of(call);
        if (!outcome.is(Errno.EINTR)) {
          return outcome.orThrowPlain();
        }
      }
      return null;
    } finally {
      inside.remove(self);
    }
  }

  /** The channel is closed. */
  void interrupt() {
    inside.forEach(home.vfs()::interrupt);
  }
}
