package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The events of the kernel for all hierarchies of one mount: they are listened to from the first
 * one that needs them until the last one that does. Thread-safe.
 */
public final class SharedEvents {
  @GuardedBy("this")
  private @Nullable ForkEvents events;

  @GuardedBy("this")
  private int users;

  /**
   * The events, for one user more.
   *
   * @throws IOException if the kernel does not let us, with the reason
   */
  synchronized ForkEvents acquire() throws IOException {
    ForkEvents open = events == null ? ForkEvents.open() : events;
    events = open;
    users++;
    return open;
  }

  /** One user less. */
  synchronized void release() {
    users--;
    if (users == 0 && events != null) {
      events.close();
      events = null;
    }
  }
}
