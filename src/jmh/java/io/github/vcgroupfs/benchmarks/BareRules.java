package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.TcpMachine;

/** {@code SockMemory} and {@code FlagSockMemory} without the groups: see {@link BareSock}. */
final class BareRules {
  private static final int RECLAIM_THRESHOLD_BYTES = 1 << 21;
  private static final int RECLAIM_BYTES = 1 << 20;

  private final TcpMachine machine;
  private final TcpConstants constants;
  private final boolean missingPartOnly;

  BareRules(Hierarchy tree) {
    this.machine = tree.machine();
    this.constants = tree.profile().tcp();
    this.missingPartOnly = constants.has(TcpFeature.CHARGES_MISSING_PART);
  }

  TcpMachine machine() {
    return machine;
  }

  TcpConstants constants() {
    return constants;
  }

  boolean schedule(BareSock sk, int sizeBytes, BareSock.Way direction) {
    int size = missingPartOnly ? sizeBytes - sk.forwardAlloc() : sizeBytes;
    int nrPages = (int) Pages.ofBytesUp(size);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    long allocated = machine.addPages(nrPages);
    if (decide(sk, direction, allocated)) {
      return true;
    }
    if (direction == BareSock.Way.SEND) {
      sk.moderateSndbuf();
      if (sk.wmemQueued() + size >= sk.sndbuf()) {
        return true;
      }
    }
    sk.addForwardAlloc(-nrPages * Pages.SIZE_BYTES);
    machine.addPages(-nrPages);
    return false;
  }

  void unused(BareSock sk) {
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

  private void reclaim(BareSock sk) {
    if (sk.forwardAlloc() >= Pages.SIZE_BYTES) {
      giveBack(sk, sk.forwardAlloc() / Pages.SIZE_BYTES);
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

  private boolean decide(BareSock sk, BareSock.Way direction, long allocated) {
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
    return isGuaranteed(sk, direction)
        || !machine.pressure().isOn()
        || isModest(sk, limits.max(), machine.socketsAllocated());
  }

  private boolean isGuaranteed(BareSock sk, BareSock.Way direction) {
    return switch (direction) {
      case RECEIVE -> sk.rmemAlloc() < constants.rmem().minBytes();
      case SEND -> sk.wmemQueued() < constants.wmem().minBytes();
    };
  }

  private static boolean isModest(BareSock sk, long maxPages, long sockets) {
    long held = (long) sk.wmemQueued() + sk.rmemAlloc() + sk.forwardAlloc();
    return maxPages > sockets * Pages.ofBytesUp(held);
  }
}
