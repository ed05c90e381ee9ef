package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.counter.NofailCharge;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The TCP memory of one group: the kernel's {@code cg_proto}, later {@code tcpmem}. What a socket
 * of the group charges is counted here and, in some kernels, also as the group's kernel memory.
 *
 * <p><b>Concurrency:</b> charging is lock-free and works from any thread. {@link #limitChanged} is
 * called under the hierarchy's lock.
 */
public final class TcpMemory extends SocketCounts {
  /** {@code mm/vmpressure.c vmpressure_win}: SWAP_CLUSTER_MAX * 16. */
  private static final long WINDOW_PAGES = 512;

  private final PageCounter counter;
  private final @Nullable TcpMemory parent;
  private final TcpGroup group;

  /** Kernel memory, where socket buffers are part of it. */
  private final @Nullable PageCounter kmem;

  private final TcpMachine machine;
  private final Pressure pressure;
  private final TcpStats stats = new TcpStats();

  /** Pages the limits here have refused in this spell of pressure; counted if somebody listens. */
  private final AtomicLong refusedPages = new AtomicLong();

  private volatile TcpMemLimits memPages;
  private volatile boolean written;

  /**
   * The TCP memory of a new group.
   *
   * @param group the group that it belongs to
   * @param counter what {@code kmem.tcp.*} shows; its parent is the counter of {@code parent}
   * @param parent the TCP memory that charges count in as well, or null
   * @param machine the machine whose {@code tcp_mem} and clock apply
   * @param isKernelMemory whether each charge is charged as kernel memory, too
   */
  public TcpMemory(
      TcpGroup group,
      PageCounter counter,
      @Nullable TcpMemory parent,
      TcpMachine machine,
      boolean isKernelMemory) {
    this.group = group;
    this.counter = counter;
    counter.batchIfDeep();
    this.parent = parent;
    this.kmem = isKernelMemory ? group.kmem() : null;
    this.machine = machine;
    this.pressure = machine.newPressure();
    this.memPages = machine.memPages();
  }

  /** The counter that {@code kmem.tcp.*} shows. */
  public PageCounter counter() {
    return counter;
  }

  /** The counter of the group's kernel memory. */
  public PageCounter kmem() {
    return group.kmem();
  }

  /** The pages charged to this group: {@code memory_allocated}. */
  public long memoryAllocated() {
    return counter.era().toPages(counter.usage());
  }

  /**
   * The group's own {@code tcp_mem}, in pages. Each threshold is at most the group's limit ({@code
   * tcp_update_limit}).
   */
  public TcpMemLimits memPages() {
    return memPages;
  }

  /** The event counts of the group. */
  public TcpStats stats() {
    return stats;
  }

  /** The pressure flag of the group itself. */
  public Pressure pressure() {
    return pressure;
  }

  /**
   * Charges pages to TCP memory and to kernel memory, on all levels, or nowhere.
   *
   * @param nrPages how many pages
   * @return the counter whose limit refused; null if the charge succeeded
   */
  public @Nullable PageCounter tryCharge(long nrPages) {
    PageCounter refused = counter.tryCharge(nrPages);
    if (refused == null && kmem != null) {
      refused = kmem.tryCharge(nrPages);
      if (refused != null) {
        counter.uncharge(nrPages);
      }
    }
    if (refused != null && group.hearsPressure()) {
      levelOf(refused).countRefused(nrPages);
    }
    return refused;
  }

  /** Pressure that lasts is told once a window ({@code vmpressure}). */
  private void countRefused(long nrPages) {
    if (pressure.isOn() && refusedPages.addAndGet(nrPages) >= WINDOW_PAGES) {
      refusedPages.set(0);
      group.pressureLasts();
    }
  }

  /** Charges pages whatever the limits are. */
  public void charge(long nrPages) {
    counter.charge(nrPages);
    if (kmem != null) {
      kmem.charge(nrPages);
    }
  }

  /**
   * Charges pages whatever the limits are, and counts a failure if a limit is passed ({@code
   * res_counter_charge_nofail}; from 3.19 on a try, then a charge).
   *
   * @param nrPages how many pages
   * @param raisesWatermark whether a level that is over its limit records its new usage
   * @return a counter whose limit is passed, or null
   */
  public @Nullable PageCounter chargeNofail(long nrPages, boolean raisesWatermark) {
    PageCounter over = NofailCharge.charge(counter, nrPages, raisesWatermark);
    if (kmem != null) {
      kmem.charge(nrPages);
    }
    return over;
  }

  /** Gives pages back. */
  public void uncharge(long nrPages) {
    counter.uncharge(nrPages);
    if (kmem != null) {
      kmem.uncharge(nrPages);
    }
  }

  /** Whether this group is under pressure, or one that its charges count in. */
  public boolean underPressure() {
    for (TcpMemory level = this; level != null; level = level.parent) {
      if (level.pressure.isOn()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sets the pressure flag of this group ({@code memcg_tcp_enter_memory_pressure}), and that of the
   * group whose limit refused.
   *
   * <p>Unlike Linux: there the loop over the ancestors sets the flag of the same group again and
   * again. The article puts every socket below a full group under pressure.
   *
   * @param refused the counter that refused the charge, or null if none did
   */
  public void enterMemoryPressure(@Nullable PageCounter refused) {
    boolean begins = enter();
    TcpMemory origin = levelOf(refused);
    if (origin != this) {
      begins = origin.enter();
    }
    if (begins) { // told of the group whose limit it is, as vmpressure() is
      origin.refusedPages.set(0);
      origin.group.pressureBegan();
    }
  }

  /**
   * Sets the pressure flag of this group only: {@code memcg_tcp_enter_memory_pressure} of 3.3,
   * {@code mem_cgroup_charge_skmem} from 4.5 on.
   *
   * @param refused the counter that refused the charge, or null if none did
   */
  public void enterOwnMemoryPressure(@Nullable PageCounter refused) {
    if (enter()) {
      TcpMemory origin = levelOf(refused);
      origin.refusedPages.set(0);
      origin.group.pressureBegan();
    }
  }

  /**
   * Sets the pressure flags of this group and of all groups that its charges count in: {@code
   * sk_enter_memory_pressure} of 4.4.
   *
   * @param refused the counter that refused the charge, or null if none did
   */
  public void enterMemoryPressureUpwards(@Nullable PageCounter refused) {
    enterOwnMemoryPressure(refused);
    for (TcpMemory level = parent; level != null; level = level.parent) {
      level.enter();
    }
  }

  /**
   * Clears the pressure flag of this group only. Kernels from 4.5 on do so when a charge is
   * granted.
   */
  public void leaveOwnMemoryPressure() {
    pressure.leave();
  }

  /** The group whose counter that is; this one if it is nobody's in the chain. */
  private TcpMemory levelOf(@Nullable PageCounter refused) {
    for (TcpMemory level = this; level != null; level = level.parent) {
      if (refused != null && level.group.owns(refused)) {
        return level;
      }
    }
    return this;
  }

  private boolean enter() {
    boolean begins = pressure.enter();
    if (begins) {
      stats.count(TcpCounter.PRESSURE_ENTERED);
    }
    return begins;
  }

  /**
   * Clears the pressure flags of this group and of all groups that its charges count in: {@code
   * sk_leave_memory_pressure}.
   */
  public void leaveMemoryPressure() {
    for (TcpMemory level = this; level != null; level = level.parent) {
      level.pressure.leave();
    }
  }

  /** Whether a limit was ever written here without an error. */
  public boolean wasWritten() {
    return written;
  }

  /** The limit was written: caps the group's {@code tcp_mem} at the new limit. */
  public void limitChanged() {
    written = true;
    memPages = machine.memPages().cappedAt(counter.era().toPages(counter.max()));
  }
}
