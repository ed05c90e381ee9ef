package io.github.vcgroupfs.traffic.netty;

import java.util.EnumSet;
import java.util.Set;

/** Why a channel does not read, and for how long it has not. Not thread-safe. */
final class ReadPause {
  /** Memory that comes back wakes a reader; this is for limits that are raised. */
  private static final int FIRST_RETRY_MS = 10;

  /** {@code TCP_RTO_MIN}: a peer whose segment was dropped sends it again, into an empty queue. */
  static final int LAST_RETRY_MS = 200;

  /** A reason not to read. */
  enum Reason {
    /** A charge was refused. */
    MEMORY,
    /** The queue is as large as rcvbuf. */
    FULL,
    /** The application said so. */
    APPLICATION
  }

  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private boolean timerIsSet;
  private int retryMs;
  private long refusedAtNs;
  private long pausedNs;

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** Whether it waits for memory. */
  boolean isForMemory() {
    return reasons.contains(Reason.MEMORY);
  }

  /** There is that reason now, or not. */
  void set(Reason reason, boolean on) {
    if (on) {
      reasons.add(reason);
    } else {
      reasons.remove(reason);
    }
  }

  /** Whether it was so. */
  boolean remove(Reason reason) {
    return reasons.remove(reason);
  }

  /** A charge was refused; whether it did not wait before. */
  boolean beginWait() {
    if (!reasons.add(Reason.MEMORY)) {
      return false;
    }
    refusedAtNs = System.nanoTime();
    retryMs = FIRST_RETRY_MS;
    return true;
  }

  /** It does not wait any more; whether it did. */
  boolean endWait() {
    pausedNs = pausedNs();
    return reasons.remove(Reason.MEMORY);
  }

  /** Whether it has waited for so long that the peer sends again. */
  boolean isLong() {
    return retryMs >= LAST_RETRY_MS;
  }

  /** Sets the timer if it waits and the timer is not set: milliseconds, or -1. */
  int setTimer() {
    if (timerIsSet || !isForMemory()) {
      return -1;
    }
    timerIsSet = true;
    int delayMs = retryMs;
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
    return delayMs;
  }

  void timerFired() {
    timerIsSet = false;
  }

  /** How long it has waited for memory in all, nanoseconds. */
  long pausedNs() {
    return pausedNs + (isForMemory() ? System.nanoTime() - refusedAtNs : 0);
  }
}
