package io.github.vcgroupfs.memcg.counter;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between the counters and a listener: tells it once, as the kernel warns once, and keeps
 * its own defects away from the counters. Any thread.
 */
public final class GuardedListener implements ModelListener {
  private final ModelListener listener;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Tells that one. */
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
