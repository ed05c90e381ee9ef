package io.github.vcgroupfs.memcg.tcp;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of TCP events, for a group or for the machine. Any thread. Each count is exact. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives no longer than the enum
public final class TcpStats {
  private final AtomicLongArray counts = new AtomicLongArray(TcpCounter.values().length);

  /** Counts one event. */
  public void count(TcpCounter counter) {
    counts.incrementAndGet(counter.ordinal());
  }

  /** Counts several events. */
  public void count(TcpCounter counter, long events) {
    counts.addAndGet(counter.ordinal(), events);
  }

  /** Counts bytes that came in at one socket and went out at another. */
  public void countRelayed(long bytes) {
    count(TcpCounter.RECEIVED_BYTES, bytes);
    count(TcpCounter.SENT_BYTES, bytes);
  }

  /** How often it has happened so far. */
  public long get(TcpCounter counter) {
    return counts.get(counter.ordinal());
  }
}
