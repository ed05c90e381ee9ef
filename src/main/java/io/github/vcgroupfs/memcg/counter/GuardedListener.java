package io.github.vcgroupfs.memcg.counter;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between the counters and a listener. It calls the listener only once, as the kernel warns
 * only once, and it catches what the listener throws, so that no charge fails because of it. Any
 * thread.
 */
public final class GuardedListener implements ModelListener {
  private final ModelListener listener;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Wraps this listener. */
  public GuardedListener(ModelListener listener) {
    this.listener = listener;
  }

  @Override
  public void moreUnchargedThanCharged(long units) {
    if (told.getAndSet(true)) {
      return;
    }
    try {
      listener.moreUnchargedThanCharged(units);
    } catch (RuntimeException itsOwn) {
      // A charge must not fail because somebody could not write a log line.
    }
  }
}
