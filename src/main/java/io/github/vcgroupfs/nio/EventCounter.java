package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.injvm.EventCount;
import java.time.Duration;

/**
 * A registration for events, with the counter of its eventfd. It ends when its group is removed,
 * which counts as an event, too. Thread-safe.
 */
public final class EventCounter {
  private final EventCount count;

  EventCounter(EventCount count) {
    this.count = count;
  }

  /** {@return how many events came since the last call, as {@code read(2)} of an eventfd says} */
  public long read() {
    return count.read();
  }

  /** {@return how many events came in all} */
  public long total() {
    return count.total();
  }

  /**
   * Waits until so many events came in all. The clock is that of this machine, also where the file
   * system has virtual time.
   *
   * @param events how many, 1 or more
   * @param atMost how long to wait
   * @throws AssertionError if fewer came
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public void await(long events, Duration atMost) throws InterruptedException {
    if (!count.await(events, atMost.toNanos())) {
      throw new AssertionError(
          "%d of %d events came within %s".formatted(count.total(), events, atMost));
    }
  }

  /** {@return whether it is over} */
  public boolean isEnded() {
    return count.isEnded();
  }

  /** Ends it, as the end of the process that registered would. */
  public void cancel() {
    count.cancel();
  }
}
