package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;

/**
 * Scheduling from 4.5 on: the thresholds are the machine's alone, and a group has a flag that says
 * whether its last charge was refused ({@code net/core/sock.c __sk_mem_raise_allocated}, {@code
 * mm/memcontrol.c mem_cgroup_charge_skmem}; kernel-facts.md, TCP charge).
 */
final class FlagSockMemory extends SockMemory {
  /**
   * Whether a refused charge is made anyway, and given back if the socket does not get the memory.
   */
  private final boolean chargesFirst;

  private final boolean missingPartOnly;
  private final boolean globalFairness;

  FlagSockMemory(MemoryGlobals memory, boolean chargesFirst) {
    super(memory);
    this.chargesFirst = chargesFirst;
    this.missingPartOnly = constants().has(TcpFeature.CHARGES_MISSING_PART);
    this.globalFairness = constants().has(TcpFeature.FAIRNESS_UNDER_GLOBAL_PRESSURE);
  }

  @Override
  boolean schedule(Sock sk, int sizeBytes, Direction direction) {
    int size = missingPartOnly ? sizeBytes - sk.forwardAlloc() : sizeBytes;
    int nrPages = (int) Pages.ofBytesUp(size);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    long allocated = machine().addPages(nrPages);
    boolean charged = tryCharge(sk, nrPages);
    if (!charged && chargesFirst) {
      sk.chargeGroup(nrPages);
    }
    if (charged && decide(sk, direction, allocated)) {
      return true;
    }
    if (blocksAnyway(sk, size, direction)) {
      if (!charged && !chargesFirst) {
        chargeForced(sk, nrPages);
      }
      return true;
    }
    unreserve(sk, nrPages);
    if (charged || chargesFirst) {
      sk.unchargeGroup(nrPages);
    }
    return false;
  }

  @Override
  void forceSchedule(Sock sk, int sizeBytes) {
    int size = missingPartOnly ? sizeBytes - sk.forwardAlloc() : sizeBytes;
    int nrPages = (int) Pages.ofBytesUp(size);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    machine().addPages(nrPages);
    chargeForced(sk, nrPages);
  }

  @Override
  boolean reserve(Sock sk, int nrPages) {
    if (sk.bound() == null || !tryCharge(sk, nrPages)) {
      return false; // EOPNOTSUPP, ENOMEM
    }
    if (machine().addPages(nrPages) > machine().memPages().pressure()) {
      machine().addPages(-nrPages);
      sk.unchargeGroup(nrPages);
      return false;
    }
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    return true;
  }

  @Override
  boolean underPressure(Sock sk) {
    TcpMemory group = sk.bound();
    return machine().pressure().isOn() || (group != null && group.pressure().isOn());
  }

  @Override
  boolean isBelowFirstThreshold(Sock sk) {
    return isMachineBelowFirstThreshold();
  }

  /** Only the next charge that is granted clears the group's flag: it is sticky while idle. */
  @Override
  void leavePressureIfRoom(TcpMemory group) {}

  /** {@code mem_cgroup_charge_skmem}: the flag says how it went. */
  private static boolean tryCharge(Sock sk, int nrPages) {
    TcpMemory group = sk.bound();
    if (group == null) {
      return true;
    }
    PageCounter refused = sk.tryChargeGroup(nrPages);
    if (refused == null) {
      group.leaveOwnMemoryPressure();
    } else {
      group.enterOwnMemoryPressure(refused);
    }
    return refused == null;
  }

  /** With __GFP_NOFAIL: tried first, which counts a failure, and then charged. */
  private void chargeForced(Sock sk, int nrPages) {
    if (!tryCharge(sk, nrPages)) {
      sk.chargeGroup(nrPages);
    }
  }

  private boolean decide(Sock sk, Direction direction, long allocated) {
    TcpMachine machine = machine();
    TcpMemLimits limits = machine.memPages();
    if (allocated <= limits.min()) {
      machine.leaveMemoryPressure();
      return true;
    }
    if (allocated > limits.pressure()) {
      machine.enterMemoryPressure();
    }
    if (allocated > limits.max()) {
      return false;
    }
    boolean pressed = globalFairness ? machine.pressure().isOn() : underPressure(sk);
    return isGuaranteed(sk, direction)
        || !pressed
        || isModest(sk, limits.max(), machine.socketsAllocated());
  }
}
