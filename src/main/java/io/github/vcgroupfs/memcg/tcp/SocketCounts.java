package io.github.vcgroupfs.memcg.tcp;

import java.util.concurrent.atomic.AtomicLong;

/** How many sockets there are, of a machine or of a group. Any thread. */
abstract sealed class SocketCounts permits TcpMachine, TcpMemory {
  private final AtomicLong socketsAllocated = new AtomicLong();
  private final AtomicLong orphans = new AtomicLong();
  private final AtomicLong timeWaits = new AtomicLong();

  /** The number of open sockets. */
  public long socketsAllocated() {
    return socketsAllocated.get();
  }

  /** Adds to the number of open sockets, or takes away if negative. */
  public void addSockets(int more) {
    socketsAllocated.addAndGet(more);
  }

  /** Sockets that no program has any more, but whose data is not acknowledged. */
  public long orphans() {
    return orphans.get();
  }

  /** Adds to the number of orphans, or takes away if negative. */
  public void addOrphans(int more) {
    orphans.addAndGet(more);
  }

  /** Ends of connections in TIME_WAIT; they are no sockets, and not charged. */
  public long timeWaits() {
    return timeWaits.get();
  }

  /** Adds to the number of ends in TIME_WAIT, or takes away if negative. */
  public void addTimeWaits(int more) {
    timeWaits.addAndGet(more);
  }
}
