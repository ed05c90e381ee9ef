package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TCP memory of the whole machine. It counts every socket, whatever group it is in. In the
 * kernel these are fields of {@code tcp_prot}. Any thread.
 */
public final class TcpMachine extends SocketCounts {
  private final AtomicLong memoryAllocated = new AtomicLong();
  private final TcpStats stats = new TcpStats();
  private final LongSupplier nanoTime;
  private final Pressure pressure;
  private volatile TcpMemLimits memPages;

  /** Told of changes: the root group shows the machine's memory. Null while nobody asked. */
  private volatile @Nullable UsageListener usageListener;

  /**
   * A machine without sockets.
   *
   * @param memPages {@code net.ipv4.tcp_mem}, in pages
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public TcpMachine(TcpMemLimits memPages, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.memPages = memPages;
    this.pressure = new Pressure(nanoTime);
  }

  /** The pages charged by all sockets together. */
  public long memoryAllocated() {
    return memoryAllocated.get();
  }

  /**
   * Adds pages, or takes them away if the number is negative.
   *
   * @return the new total
   */
  public long addPages(long nrPages) {
    return memoryAllocated.addAndGet(nrPages);
  }

  /** What {@link #addPages} changed stays changed: calls whoever watches. */
  public void pagesChanged() {
    UsageListener watching = usageListener;
    if (watching != null) {
      watching.usageChanged();
    }
  }

  /** Sets who is called after changes from now on; null means nobody. */
  public void watchedBy(@Nullable UsageListener watching) {
    usageListener = watching;
  }

  /** {@code net.ipv4.tcp_mem}: three thresholds, in pages. */
  public TcpMemLimits memPages() {
    return memPages;
  }

  /** Sets {@code net.ipv4.tcp_mem}, in pages. */
  public void setMemPages(TcpMemLimits pages) {
    memPages = pages;
  }

  /** The pressure flag of the machine. */
  public Pressure pressure() {
    return pressure;
  }

  /** A flag of its own by the machine's clock, for a group. */
  Pressure newPressure() {
    return new Pressure(nanoTime);
  }

  /**
   * Sets the machine's pressure flag, and counts it if it was clear: {@code
   * tcp_enter_memory_pressure}.
   */
  public void enterMemoryPressure() {
    if (pressure.enter()) {
      stats.count(TcpCounter.PRESSURE_ENTERED);
    }
  }

  /** Clears the machine's pressure flag: {@code tcp_leave_memory_pressure}. */
  public void leaveMemoryPressure() {
    pressure.leave();
  }

  /** The event counts of the machine. */
  public TcpStats stats() {
    return stats;
  }
}
