package io.github.vcgroupfs.traffic.tcp;

/**
 * A timer of a socket, on the timer wheel: {@code sk_reset_timer}. It fires at a tick, later than
 * it was asked for by what the wheel rounds ({@code kernel/time/timer.c calc_index}). Setting it
 * again and again costs one event in the queue. Not thread-safe.
 */
final class SockTimer implements Runnable {
  /** Ticks that the first level of the wheel spans, less one: LVL_START(1). */
  private static final long LEVEL_START = 63;

  /** LVL_CLK_SHIFT: each level is coarser by eight. */
  private static final int LEVEL_SHIFT = 3;

  private final NetworkPath path;
  private final long jiffyNs;
  private final Runnable handler;

  /** When it is to fire, nanoseconds; or never. */
  private long dueNs = Long.MAX_VALUE;

  /** When an event is in the queue for it; or none is. */
  private long queuedNs = Long.MAX_VALUE;

  SockTimer(NetworkPath path, long jiffyNs, Runnable handler) {
    this.path = path;
    this.jiffyNs = jiffyNs;
    this.handler = handler;
  }

  /** Sets it to fire after so many ticks. */
  void set(long ticks) {
    long clock = Math.floorDiv(path.events().nowNs() - path.tickNs(), jiffyNs);
    long expires = clock + Math.max(ticks, 0);
    int shift = 0;
    for (long span = LEVEL_START; ticks >= span; span <<= LEVEL_SHIFT) {
      shift += LEVEL_SHIFT;
    }
    dueNs = (((expires >> shift) + 1) << shift) * jiffyNs + path.tickNs();
    if (dueNs < queuedNs) {
      queue();
    }
  }

  /** It shall not fire. */
  void clear() {
    dueNs = Long.MAX_VALUE;
  }

  /** Whether it is to fire. */
  boolean isSet() {
    return dueNs != Long.MAX_VALUE;
  }

  @Override
  public void run() {
    if (path.events().nowNs() != queuedNs) {
      return; // an event of before, when it was set to a later time
    }
    queuedNs = Long.MAX_VALUE;
    if (dueNs == Long.MAX_VALUE) {
      return;
    }
    if (dueNs > path.events().nowNs()) {
      queue();
      return;
    }
    dueNs = Long.MAX_VALUE;
    path.runTimer(handler);
  }

  private void queue() {
    queuedNs = dueNs;
    path.events().at(dueNs, this);
  }
}
