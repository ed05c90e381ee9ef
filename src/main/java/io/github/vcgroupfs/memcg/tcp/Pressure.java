package io.github.vcgroupfs.memcg.tcp;

import java.util.function.LongSupplier;

/**
 * A memory-pressure flag that knows how long it has been set. Any thread: flips are serialised by
 * this object's monitor, reading the flag is one volatile read.
 */
public final class Pressure {
  private final LongSupplier nanoTime;
  private volatile boolean on;
  private long sinceNs;
  private long totalNs;

  Pressure(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether there is pressure. */
  public boolean isOn() {
    return on;
  }

  /** Sets the flag; true if it was clear. */
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

  /** Milliseconds under pressure so far, the present spell included. */
  public synchronized long totalMs() {
    long ns = on ? totalNs + nanoTime.getAsLong() - sinceNs : totalNs;
    return ns / 1_000_000;
  }
}
