package io.github.vcgroupfs.injvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventFd;
import java.util.concurrent.TimeUnit;

/** An eventfd that test code holds: a counter that the model adds to. Thread-safe. */
public final class EventCount implements EventFd {
  @GuardedBy("this")
  private long unread;

  @GuardedBy("this")
  private long total;

  private volatile boolean ended;
  private volatile boolean gone;

  EventCount() {}

  @Override
  public synchronized void signal() {
    unread++;
    total++;
    notifyAll();
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  @Override
  public void close() {
    ended = true;
  }

  /** What {@code read(2)} of an eventfd gives: how often it was signalled since the last call. */
  public synchronized long read() {
    long count = unread;
    unread = 0;
    return count;
  }

  /** How often it was signalled in all. */
  public synchronized long total() {
    return total;
  }

  /**
   * Waits on the clock of this machine until it was signalled that often in all.
   *
   * @return whether it was
   */
  public synchronized boolean await(long count, long timeoutNs) throws InterruptedException {
    long leftNs = timeoutNs;
    long endNs = System.nanoTime() + timeoutNs;
    while (total < count && leftNs > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, leftNs);
      leftNs = endNs - System.nanoTime();
    }
    return total >= count;
  }

  /** Whether the registration is over: its group was removed, or it was cancelled. */
  public boolean isEnded() {
    return ended;
  }

  /** The program that registered exits. The registration ends at the next look at those. */
  public void cancel() {
    gone = true;
  }
}
