package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import org.jspecify.annotations.Nullable;

/**
 * Scheduling of 3.3 to 4.4: the group is charged by force, its own thresholds decide, and what is
 * refused is given back ({@code net/core/sock.c __sk_mem_schedule}; kernel-facts.md, TCP charge). A
 * group over its limit puts the machine under pressure, too.
 */
final class GroupSockMemory extends SockMemory {
  private final boolean raisesWatermark;
  private final boolean pressureOnAncestors;

  GroupSockMemory(MemoryGlobals memory) {
    super(memory);
    this.raisesWatermark = !constants().has(TcpFeature.FORCED_CHARGE_HIDES_WATERMARK);
    this.pressureOnAncestors = constants().has(TcpFeature.PRESSURE_ON_ANCESTORS);
  }

  @Override
  boolean schedule(Sock sk, int sizeBytes, Direction direction) {
    int nrPages = (int) Pages.ofBytesUp(sizeBytes);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    long onMachine = machine().addPages(nrPages);
    TcpMemory group = sk.bound();
    PageCounter over = group == null ? null : group.chargeNofail(nrPages, raisesWatermark);
    long allocated = group == null ? onMachine : group.memoryAllocated();
    TcpMemLimits limits = group == null ? machine().memPages() : group.memPages();
    if (over == null && allocated <= limits.min()) {
      leave(group);
      return true;
    }
    if (over != null || allocated > limits.pressure()) {
      enter(group, over);
    }
    if (over == null && allocated <= limits.max()) {
      if (isGuaranteed(sk, direction)
          || !underPressure(sk)
          || isModest(sk, limits.max(), socketsBeside(sk))) {
        return true;
      }
    }
    if (blocksAnyway(sk, sizeBytes, direction)) {
      return true;
    }
    unreserve(sk, nrPages);
    if (group != null) {
      group.uncharge(nrPages);
    }
    return false;
  }

  @Override
  void forceSchedule(Sock sk, int sizeBytes) {
    int nrPages = (int) Pages.ofBytesUp(sizeBytes);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    machine().addPages(nrPages);
    TcpMemory group = sk.bound();
    if (group != null) {
      group.chargeNofail(nrPages, raisesWatermark);
    }
  }

  @Override
  boolean underPressure(Sock sk) {
    TcpMemory group = sk.bound();
    return group == null ? machine().pressure().isOn() : group.pressure().isOn();
  }

  @Override
  boolean isBelowFirstThreshold(Sock sk) {
    return isOwnBelowFirstThreshold(sk);
  }

  @Override
  boolean isAboveThirdThreshold(Sock sk) {
    return isOwnAboveThirdThreshold(sk);
  }

  private void enter(@Nullable TcpMemory group, @Nullable PageCounter over) {
    if (group != null) {
      if (pressureOnAncestors) {
        group.enterMemoryPressureUpwards(over);
      } else {
        group.enterOwnMemoryPressure(over);
      }
    }
    machine().enterMemoryPressure();
  }

  private void leave(@Nullable TcpMemory group) {
    if (group != null) {
      group.leaveMemoryPressure();
    }
    machine().leaveMemoryPressure();
  }
}
