package io.github.vcgroupfs.memcg.tcp;

import java.util.concurrent.atomic.AtomicLongArray;

/** TCP event counts of a group or of the machine. Any thread; each count is exact. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives no longer than the enum
public final class TcpStats {
  private final AtomicLongArray counts = new AtomicLongArray(TcpCounter.values().length);

  /** One event more. */
  public void count(TcpCounter counter) {
    counts.incrementAndGet(counter.ordinal());
  }

  /** So many events more. */
  public void count(TcpCounter counter, long events) {
    counts.addAndGet(counter.ordinal(), events);
  }

  /** Events so far. */
  public long get(TcpCounter counter) {
    return counts.get(counter.ordinal());
  }
}
