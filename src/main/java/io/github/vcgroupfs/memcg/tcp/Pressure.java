package io.github.vcgroupfs.memcg.tcp;

import java.util.function.LongSupplier;

/**
 * The flag for memory pressure, and how long it has been set. Any thread: changes are made under
 * this object's monitor, and reading the flag is one volatile read.
 */
public final class Pressure {
  private final LongSupplier nanoTime;
  private volatile boolean on;
  private long sinceNs;
  private long totalNs;

  Pressure(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether there is pressure now. */
  public boolean isOn() {
    return on;
  }

  /**
   * Sets the flag.
   *
   * @return true if it was not set before
   */
  public boolean enter() {
    if (on) {
      return false;
    }
    synchronized (this) {
      if (on) {
        return false;
      }
      sinceNs = nanoTime.getAsLong();
      on = true;
      return true;
    }
  }

  /** Clears the flag. */
  public void leave() {
    if (!on) {
      return;
    }
    synchronized (this) {
      if (on) {
        totalNs += nanoTime.getAsLong() - sinceNs;
        on = false;
      }
    }
  }

  /** Milliseconds under pressure so far. If there is pressure now, that time is included. */
  public synchronized long totalMs() {
    long ns = on ? totalNs + nanoTime.getAsLong() - sinceNs : totalNs;
    return ns / 1_000_000;
  }
}
