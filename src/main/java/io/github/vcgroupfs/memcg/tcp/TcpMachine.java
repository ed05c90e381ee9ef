package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own TCP memory: what {@code tcp_prot} holds in the kernel. Counts every socket,
 * whatever group it is in. Any thread.
 */
public final class TcpMachine {
  private final AtomicLong memoryAllocated = new AtomicLong();
  private final AtomicLong socketsAllocated = new AtomicLong();
  private final TcpStats stats = new TcpStats();
  private final LongSupplier nanoTime;
  private final Pressure pressure;
  private volatile TcpMemLimits memPages;

  /** Told of changes: the root group shows the machine's memory. Null while nobody asked. */
  private volatile @Nullable UsageListener usageListener;

  /**
   * A machine without sockets.
   *
   * @param memPages {@code net.ipv4.tcp_mem}
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public TcpMachine(TcpMemLimits memPages, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.memPages = memPages;
    this.pressure = new Pressure(nanoTime);
  }

  /** Pages charged by all sockets. */
  public long memoryAllocated() {
    return memoryAllocated.get();
  }

  /** Adds pages (or takes them, if negative) and returns the new total. */
  public long addPages(long nrPages) {
    return memoryAllocated.addAndGet(nrPages);
  }

  /** What was added or taken stays so: the time to tell who watches. */
  public void pagesChanged() {
    UsageListener watching = usageListener;
    if (watching != null) {
      watching.usageChanged();
    }
  }

  /** Who is told of changes from now on; null ends that. */
  public void watchedBy(@Nullable UsageListener watching) {
    usageListener = watching;
  }

  /** Sockets alive. */
  public long socketsAllocated() {
    return socketsAllocated.get();
  }

  /** Adds sockets, or takes them. */
  public void addSockets(int more) {
    socketsAllocated.addAndGet(more);
  }

  /** {@code net.ipv4.tcp_mem}. */
  public TcpMemLimits memPages() {
    return memPages;
  }

  /** Sets {@code net.ipv4.tcp_mem}. */
  public void setMemPages(TcpMemLimits pages) {
    memPages = pages;
  }

  /** The global pressure flag. */
  public Pressure pressure() {
    return pressure;
  }

  /** A flag of its own by the machine's clock, for a group. */
  Pressure newPressure() {
    return new Pressure(nanoTime);
  }

  /** {@code tcp_enter_memory_pressure}. */
  public void enterMemoryPressure() {
    if (pressure.enter()) {
      stats.count(TcpCounter.PRESSURE_ENTERED);
    }
  }

  /** {@code tcp_leave_memory_pressure}. */
  public void leaveMemoryPressure() {
    pressure.leave();
  }

  /** Machine-wide event counts. */
  public TcpStats stats() {
    return stats;
  }
}
