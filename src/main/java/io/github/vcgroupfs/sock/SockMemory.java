package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;

/**
 * Makes the sockets of a hierarchy and decides whether they get memory, as the kernel of the
 * profile does. Each subclass is the way of one range of kernels. Thread-safe: it has no state of
 * its own.
 */
public abstract class SockMemory {
  /** {@code include/net/sock.h sk_mem_uncharge}, 4.4 to 5.15: a socket keeps less than that. */
  private static final int RECLAIM_THRESHOLD_BYTES = 1 << 21;

  private static final int RECLAIM_BYTES = 1 << 20;

  private final TcpMachine machine;
  private final TcpConstants constants;

  SockMemory(MemoryGlobals memory) {
    this.machine = memory.machine();
    this.constants = memory.profile().tcp();
  }

  /** The rules for the profile of a hierarchy. */
  public static SockMemory of(MemoryGlobals memory) {
    return switch (memory.profile().tcp().schedule()) {
      case PATCH_2011 -> new PatchSockMemory(memory);
      case GROUP_THRESHOLDS -> new GroupSockMemory(memory);
      case CHARGE_THEN_DECIDE -> new FlagSockMemory(memory, true);
      case CHARGE_IF_IT_FITS -> new FlagSockMemory(memory, false);
    };
  }

  /** Makes a new socket for a process in this group: {@code tcp_v4_init_sock}. */
  public final Sock open(MemCgroup group) {
    return new Sock(this, group);
  }

  /** The TCP constants of the profile. */
  public final TcpConstants constants() {
    return constants;
  }

  /** The machine-wide counters. */
  final TcpMachine machine() {
    return machine;
  }

  /**
   * Adds at least that much to a socket's forward alloc: {@code __sk_mem_schedule}.
   *
   * @param sizeBytes more than the forward alloc of now
   * @return whether there was memory; if not, nothing changed but what refusing counts
   */
  abstract boolean schedule(Sock sk, int sizeBytes, Direction direction);

  /**
   * Adds at least that much to a socket's forward alloc, and cannot fail: {@code
   * sk_forced_mem_schedule}.
   *
   * @param sizeBytes more than the forward alloc of now
   */
  abstract void forceSchedule(Sock sk, int sizeBytes);

  /** {@code sock_reserve_memory}, {@code sock_release_reserved_memory}. */
  final boolean setReserve(Sock sk, int bytes) {
    int more = bytes - sk.reserved();
    if (more <= 0) {
      sk.addReserved(-(-more / Pages.SIZE_BYTES * Pages.SIZE_BYTES));
      reclaim(sk);
      return true;
    }
    int nrPages = (int) Pages.ofBytesUp(more);
    if (!reserve(sk, nrPages)) {
      return false;
    }
    sk.addReserved(nrPages * Pages.SIZE_BYTES);
    machine.pagesChanged();
    return true;
  }

  /**
   * Charges pages for a socket that it keeps: {@code sock_reserve_memory}.
   *
   * @return whether they could be had; if not, nothing changed
   */
  boolean reserve(Sock sk, int nrPages) {
    throw new IllegalStateException("no kernel before 5.17 knows SO_RESERVE_MEM");
  }

  /** {@code sk_under_memory_pressure}. */
  abstract boolean underPressure(Sock sk);

  /** {@code sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0)}. */
  abstract boolean isBelowFirstThreshold(Sock sk);

  /** {@code sk_memory_allocated(sk) > sk_prot_mem_limits(sk, 2)}. */
  boolean isAboveThirdThreshold(Sock sk) {
    return machine.memoryAllocated() > machine.memPages().max();
  }

  /** The same where groups have thresholds of their own. */
  final boolean isOwnAboveThirdThreshold(Sock sk) {
    TcpMemory group = sk.bound();
    return group == null
        ? machine.memoryAllocated() > machine.memPages().max()
        : group.memoryAllocated() > group.memPages().max();
  }

  /** Whether a socket may have its minimum, which it always may. */
  final boolean isGuaranteed(Sock sk, Direction direction) {
    return switch (direction) {
      case RECEIVE -> sk.rmemAlloc() < constants.rmem().minBytes();
      case SEND -> sk.wmemQueued() < constants.wmem().minBytes();
    };
  }

  /**
   * Whether a sender that gets no memory is about to block on its own buffer anyway: it is let
   * through then, over the limit. The buffer shrinks first ({@code sk_stream_moderate_sndbuf}).
   *
   * @param sizeBytes what the sender wants, bytes
   */
  final boolean blocksAnyway(Sock sk, int sizeBytes, Direction direction) {
    if (direction != Direction.SEND) {
      return false;
    }
    sk.moderateSndbuf();
    return sk.wmemQueued() + sizeBytes >= sk.sndbuf();
  }

  /**
   * Takes pages from a socket and from the machine's counter; the group's is left to the caller.
   */
  final void unreserve(Sock sk, int nrPages) {
    sk.addForwardAlloc(-nrPages * Pages.SIZE_BYTES);
    machine.addPages(-nrPages);
  }

  /** Under pressure, a socket with less than its share may grow. */
  final boolean isModest(Sock sk, long maxPages, long sockets) {
    long held = (long) sk.wmemQueued() + sk.rmemAlloc() + sk.forwardAlloc();
    return maxPages > sockets * Pages.ofBytesUp(held);
  }

  /** The sockets that share with this one: its group's, or all. */
  final long socketsBeside(Sock sk) {
    TcpMemory group = sk.bound();
    return group == null ? machine.socketsAllocated() : group.socketsAllocated();
  }

  /** Whether the group's own allocation, or the machine's, is below the first threshold. */
  final boolean isOwnBelowFirstThreshold(Sock sk) {
    TcpMemory group = sk.bound();
    return group == null
        ? isMachineBelowFirstThreshold()
        : group.memoryAllocated() < group.memPages().min();
  }

  final boolean isMachineBelowFirstThreshold() {
    return machine.memoryAllocated() < machine.memPages().min();
  }

  /** Some of what a socket was charged is unused from now on: {@code sk_mem_uncharge}. */
  final void unused(Sock sk) {
    switch (constants.reclaim()) {
      case AT_RECLAIM_POINTS -> {}
      case ABOVE_TWO_MEGABYTES -> {
        if (sk.forwardAlloc() >= RECLAIM_THRESHOLD_BYTES) {
          giveBack(sk, RECLAIM_BYTES / Pages.SIZE_BYTES);
        }
      }
      case AT_ONCE -> reclaim(sk);
    }
  }

  /** {@code sk_mem_reclaim}. */
  final void reclaim(Sock sk) {
    int bytes = sk.forwardAlloc() - sk.unusedReserve();
    if (bytes >= Pages.SIZE_BYTES) {
      giveBack(sk, bytes / Pages.SIZE_BYTES);
    }
  }

  /** {@code sk_mem_reclaim_partial}. */
  final void reclaimPartially(Sock sk) {
    int bytes = sk.forwardAlloc() - sk.unusedReserve();
    if (bytes > Pages.SIZE_BYTES) {
      giveBack(sk, (bytes - 1) / Pages.SIZE_BYTES);
    }
  }

  /** {@code __sk_mem_reclaim}: pressure ends here too, once there is room again. */
  private void giveBack(Sock sk, int nrPages) {
    unreserve(sk, nrPages);
    machine.pagesChanged();
    TcpMemory group = sk.bound();
    if (group != null) {
      sk.unchargeGroup(nrPages);
      leavePressureIfRoom(group);
    }
    if (machine.pressure().isOn() && isMachineBelowFirstThreshold()) {
      machine.leaveMemoryPressure();
    }
  }

  /** Ends the group's pressure where giving back can end it: with thresholds of its own. */
  void leavePressureIfRoom(TcpMemory group) {
    if (group.underPressure() && group.memoryAllocated() < group.memPages().min()) {
      group.leaveMemoryPressure();
    }
  }

  /** Counts orphans, for the group and for the machine. */
  final void addOrphans(MemCgroup group, int more) {
    machine().addOrphans(more);
    if (!group.isRoot()) {
      group.tcp().addOrphans(more);
    }
  }

  /** Counts ends in TIME_WAIT, for the group and for the machine. */
  final void addTimeWaits(MemCgroup group, int more) {
    machine().addTimeWaits(more);
    if (!group.isRoot()) {
      group.tcp().addTimeWaits(more);
    }
  }
}
