package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;

/** {@code SockMemory} without the groups: see {@link BareSock}. */
abstract class BareRules {
  private static final int RECLAIM_THRESHOLD_BYTES = 1 << 21;
  private static final int RECLAIM_BYTES = 1 << 20;

  private final TcpMachine machine;
  private final TcpConstants constants;

  BareRules(MemoryGlobals memory) {
    this.machine = memory.machine();
    this.constants = memory.profile().tcp();
  }

  static BareRules of(MemoryGlobals memory) {
    return switch (memory.profile().tcp().schedule()) {
      case PATCH_2011, GROUP_THRESHOLDS -> new BareGroupRules(memory);
      case CHARGE_THEN_DECIDE, CHARGE_IF_IT_FITS -> new BareFlagRules(memory);
    };
  }

  final TcpMachine machine() {
    return machine;
  }

  final TcpConstants constants() {
    return constants;
  }

  abstract boolean schedule(BareSock sk, int sizeBytes, BareSock.Way direction);

  final void unused(BareSock sk) {
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

  final void reclaim(BareSock sk) {
    int bytes = sk.forwardAlloc() - sk.unusedReserve();
    if (bytes >= Pages.SIZE_BYTES) {
      giveBack(sk, bytes / Pages.SIZE_BYTES);
    }
  }

  private void giveBack(BareSock sk, int nrPages) {
    sk.addForwardAlloc(-nrPages * Pages.SIZE_BYTES);
    machine.addPages(-nrPages);
    machine.pagesChanged();
    if (machine.pressure().isOn() && machine.memoryAllocated() < machine.memPages().min()) {
      machine.leaveMemoryPressure();
    }
  }

  final boolean isGuaranteed(BareSock sk, BareSock.Way direction) {
    return switch (direction) {
      case RECEIVE -> sk.rmemAlloc() < constants.rmem().minBytes();
      case SEND -> sk.wmemQueued() < constants.wmem().minBytes();
    };
  }

  final boolean isModest(BareSock sk, long maxPages, long sockets) {
    long held = (long) sk.wmemQueued() + sk.rmemAlloc() + sk.forwardAlloc();
    return maxPages > sockets * Pages.ofBytesUp(held);
  }
}
