package io.github.vcgroupfs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Interruptions of requests that no thread has begun: another thread has just received the request,
 * or it has been answered meanwhile. The first kind begins at once, so what is older than a second
 * is forgotten.
 *
 * <p>Thread-safe. While there are none, asking costs one look at a field.
 */
final class EarlyInterrupts {
  private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(1);

  @GuardedBy("this")
  private final Map<Long, Long> sinceNs = new HashMap<>();

  private volatile boolean any;

  /** Keeps the number of a request. */
  synchronized void add(long request) {
    sinceNs.put(request, System.nanoTime());
    any = true;
  }

  /** Whether the number was kept; it is not any more. */
  boolean remove(long request) {
    return any && take(request);
  }

  private synchronized boolean take(long request) {
    boolean kept = sinceNs.remove(request) != null;
    long now = System.nanoTime();
    sinceNs.values().removeIf(since -> now - since > KEPT_NS);
    any = !sinceNs.isEmpty();
    return kept;
  }
}
