package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.ReclaimRule;
import io.github.vcgroupfs.kernel.TcpConstants;
import org.jspecify.annotations.Nullable;

/**
 * A timer of a socket, on the timer wheel: {@code sk_reset_timer}. It fires at a tick, later than
 * it was asked for by what the wheel rounds ({@code kernel/time/timer.c calc_index}). Setting it
 * again and again costs one event in the queue. Not thread-safe.
 *
 * <p>A timer that is cleared stays on the wheel, and fires in vain ({@code
 * inet_csk_clear_xmit_timer}). Where unused memory is kept, it is given back then.
 */
final class SockTimer implements Runnable {
  /** Ticks that the first level of the wheel spans, less one: LVL_START(1). */
  private static final long LEVEL_START = 63;

  /** LVL_CLK_SHIFT: each level is coarser by eight. */
  private static final int LEVEL_SHIFT = 3;

  private final NetworkPath path;
  private final long jiffyNs;
  private final Runnable handler;
  private final @Nullable Runnable inVain;
  private boolean set;

  /** When it is to fire, nanoseconds; or never. */
  private long dueNs = Long.MAX_VALUE;

  /** When an event is in the queue for it; or none is. */
  private long queuedNs = Long.MAX_VALUE;

  /**
   * A timer that is not set.
   *
   * @param handler runs when it fires
   * @param inVain runs when it fires although it was cleared
   */
  SockTimer(NetworkPath path, TcpConstants constants, Runnable handler, Runnable inVain) {
    this.path = path;
    this.jiffyNs = constants.jiffyNs();
    this.handler = handler;
    this.inVain = constants.reclaim() == ReclaimRule.AT_ONCE ? null : inVain;
  }

  /** Sets it to fire after so many ticks. */
  void set(long ticks) {
    long clock = Math.floorDiv(path.events().nowNs() - path.tickNs(), jiffyNs);
    long expires = clock + Math.max(ticks, 0);
    int shift = 0;
    for (long span = LEVEL_START; ticks >= span; span <<= LEVEL_SHIFT) {
      shift += LEVEL_SHIFT;
    }
    set = true;
    dueNs = (((expires >> shift) + 1) << shift) * jiffyNs + path.tickNs();
    if (dueNs < queuedNs) {
      queue();
    }
  }

  /** It shall do nothing. */
  void clear() {
    set = false;
    if (inVain == null) {
      dueNs = Long.MAX_VALUE;
    }
  }

  /** It is gone: {@code sk_stop_timer}. */
  void stop() {
    set = false;
    dueNs = Long.MAX_VALUE;
  }

  /** Whether it is to do something. */
  boolean isSet() {
    return set;
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
    Runnable action = set ? handler : inVain;
    set = false;
    if (action != null) {
      path.runTimer(action);
    }
  }

  private void queue() {
    queuedNs = dueNs;
    path.events().at(dueNs, this);
  }
}
